import { flattenConfig } from '../../../experiments/records/flatten-config.ts';
import type { StoredRun } from '../../../experiments/records/stored-run.ts';
import { chooseGrouping, distinguishingKeys, groupWords, keyValue, valueText } from '../../../experiments/report/grouping.ts';
import { averagedWarning } from '../../../experiments/report/pairing-warnings.ts';
import { inRegistryOrder } from '../../../experiments/report/report-order.ts';
import { UsageError } from '../../../src/errors.ts';

/** A run with this config and one method per entry. */
const run = (config: object, ...methods: { name: string; label: string; clip?: number }[]) =>
  ({
    keys: flattenConfig(config),
    methods: methods.map((entry) => ({ label: entry.label, keys: flattenConfig(entry, 'estimator.') })),
  }) as unknown as StoredRun;

const naive = { name: 'naive', label: 'naive' };
const clipped = (clip: number) => ({ name: 'clipped-ips', label: `clip ${clip}`, clip });
const data = (path: string | null) => ({ path, scale: 'none' });
const linear = { name: 'linear' };
const mlp = (width: number) => ({ name: 'mlp', hidden: [width] });
const runs = [
  run({ name: 'a', data: data(null), ranker: linear, noise: 0.1 }, naive, clipped(0.1)),
  run({ name: 'b', data: data('mslr'), ranker: mlp(8), noise: 0.1 }, naive, clipped(0.2)),
];

test('by default the label and what varies; not names, nor options that come with a name', () => {
  expect(distinguishingKeys(runs)).toEqual(['name', 'data.path', 'ranker.name']);
  expect(chooseGrouping(runs, null)).toEqual({
    rowKeys: ['estimator.label'],
    columnKeys: ['data.path', 'ranker.name'],
    contextKeys: [],
    alongKeys: [],
    methodContext: [],
  });
  const wider = [...runs, run({ name: 'c', data: data('mslr'), ranker: mlp(16), noise: 0.1 }, naive)];
  expect(distinguishingKeys(wider)).toEqual(['name', 'data.path', 'ranker.name', 'ranker.hidden']);
});

test('keys of the method are rows, others columns; what is left varies within a sample', () => {
  expect(chooseGrouping(runs, ['estimator.name', 'data'])).toEqual({
    rowKeys: ['estimator.name'],
    columnKeys: ['data'],
    contextKeys: [],
    alongKeys: ['ranker.name'], // linear without a path, mlp with one
    methodContext: ['estimator.clip'],
  });
  expect(chooseGrouping(runs, ['ranker']).rowKeys).toEqual(['estimator.label']); // methods are never mixed unasked
  expect(() => chooseGrouping(runs, ['rankr'])).toThrow(UsageError);
  expect(() => chooseGrouping(runs, ['rankr'])).toThrow(/"rankr"; did you mean "ranker"\?/);
});

test('a key that has one value in each column is not averaged over; of data it tells samples apart all the same', () => {
  const of = (rankers: object, noise: number, path: string | null = null) => run({ data: data(path), ranker: rankers, noise }, naive);
  const zipped = [of(linear, 0.1), of(mlp(8), 0.2), of(mlp(16), 0.2)];
  expect(chooseGrouping(zipped, ['noise'])).toMatchObject({ contextKeys: ['ranker.hidden'], alongKeys: ['ranker.name'] });
  expect(chooseGrouping(zipped, ['ranker'])).toMatchObject({ contextKeys: [], alongKeys: ['noise'] });
  expect(chooseGrouping(zipped, ['estimator.label'])).toMatchObject({
    contextKeys: ['ranker.name', 'noise', 'ranker.hidden'],
    alongKeys: [],
  });
  expect(chooseGrouping([of(linear, 0.1), of(linear, 0.2, 'mslr')], ['noise'])).toMatchObject({
    contextKeys: ['data.path'],
    alongKeys: [],
  });
});

test('runs that differ in more keys than a head can hold are columns by themselves', () => {
  const wide = (id: string, value: number) =>
    ({ ...run(Object.fromEntries(Array.from({ length: 9 }, (_, k) => [`key${k}`, value])), naive), id }) as StoredRun;
  expect(chooseGrouping([wide('a', 1), wide('b', 2)], null).columnKeys).toEqual(['run']);
  expect(chooseGrouping([wide('a', 1), wide('b', 2)], null).alongKeys).toHaveLength(9);
  expect(chooseGrouping([wide('a', 1), wide('b', 2), wide('c', 2)], null).columnKeys).toHaveLength(9); // b and c are one column
  const many = [wide('a', 1), wide('b', 2)].map((one) => ({ ...one, status: {} }) as StoredRun);
  const long = Array.from({ length: 30 }, (_, k) => `x${k}`);
  expect(averagedWarning(many, { ...chooseGrouping(many, null), contextKeys: long })).toEqual([
    expect.stringMatching(/^averaged over x0 \(\), .*x4 \(\) and 25 more; put them/),
    expect.stringMatching(/^columns differ in key0 \(1, 2\), .*key4 \(1, 2\) and 4 more too$/),
  ]);
});

test('the value of a group is its name, with the options that vary', () => {
  const varying = ['data.path', 'ranker.name', 'ranker.hidden'];
  const of = (key: string, r: number, m = 0) => keyValue(key, runs[r], runs[r].methods[m], varying);
  expect([of('data', 0), of('data', 1)]).toEqual(['synthetic', 'mslr']);
  expect([of('ranker', 0), of('ranker', 1)]).toEqual(['linear', 'mlp hidden=[8]']);
  expect([of('estimator.clip', 0, 1), of('estimator.clip', 0, 0), of('noise', 1)]).toEqual([0.1, null, 0.1]);
});

test.each([
  [1_000_000, '1e6'],
  [1500, '1500'],
  [1000, '1e3'],
  [250_000, '2.5e5'],
  [123_456, '123456'],
  [500, '500'],
  [0.1 * 3, '0.3'],
  [-2000, '-2e3'],
  [null, '–'],
  [true, 'true'],
  ['text', 'text'],
])('%s in a heading is %s', (value, text) => expect(valueText(value)).toBe(text));

test('a number is read with the last part of its key', () => {
  expect(groupWords(['mslr', 1e6, null], ['data.path', 'simulation.sessions', 'ranker.width'])).toEqual([
    'mslr',
    'sessions 1e6',
    'width –',
  ]);
});

test('methods that are composed stand behind those that learn, before the skyline', () => {
  const row = (name: string, reference = false) => ({ id: name, values: [name], name, reference });
  const rows = [row('skyline', true), row('b composed'), row('ips'), row('naive'), row('a composed'), row('production', true)];
  const order = inRegistryOrder(rows, ['production', 'naive', 'ips', 'dual-learning', 'skyline']).map(({ name }) => name);
  expect(order).toEqual(['production', 'naive', 'ips', 'a composed', 'b composed', 'skyline']);
});

test('a group that some runs lack is told by one of its keys, and by those in which the others differ', () => {
  const sessions = (count: number) => ({ evaluation: { searchSessions: { count, retrieval: 0.6, patience: 0.75 } } });
  const lacking = run({ evaluation: { searchSessions: null } }, { name: 'ips', label: 'ips' });
  const having = (count: number) => run(sessions(count), { name: 'ips', label: 'ips' });
  expect(distinguishingKeys([lacking, having(10)])).toHaveLength(1);
  expect(distinguishingKeys([lacking, having(10), having(20)]).sort()).toEqual([
    'evaluation.searchSessions.count',
    'evaluation.searchSessions.retrieval',
  ]);
});
