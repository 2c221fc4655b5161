import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { temporaryFolder } from '../../src/data/temporary-folder.ts';
import { counterrank } from './counterrank.ts';

const home = temporaryFolder();
const row = (query: string, docs: string, clicks: number[], count: number) => JSON.stringify({ query, docs: [...docs], clicks, count });
/** Independent clicks: half of those who look at a document click, and rank 2 is looked at half as often. */
const list = (query: string, docs: string) => [
  ...[row(query, docs, [1, 0], 375), row(query, docs, [0, 1], 125), row(query, docs, [1, 1], 125), row(query, docs, [0, 0], 375)],
];
const moved = home.put('moved.jsonl', [...list('q', 'ab'), ...list('q', 'ba')].join('\n'));
const fixed = home.put('fixed.jsonl', [...list('1', 'ab'), ...list('2', 'ab')].join('\n'));

test('a log whose documents moved: one group, its curve, and what follows', async () => {
  const { code, out, err } = await counterrank('diagnose', moved);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(
    /moved\.jsonl: 2,000 sessions of 1 queries, 2\.00 lists a query; 0\.750 clicks a session, 38 % of the sessions without a click/,
  );
  expect(out).toMatch(/^2 +1 +2,000 +0\.250 +100 % +0\.500/m);
  expect(out).toMatch(/one group: all ranks are tied together/);
  expect(out).toMatch(/1, 2: 1\.00 \[/);
  expect(out).toMatch(/ 0 % of how log click-through varies with rank is relevance, 100 % is examination \(by all-pairs\)/);
  expect(out).toMatch(/^take +all-pairs /m);
  expect(out).toContain('{bias: all-pairs, weighting: {name: clipped-ips, clip: 0.1}}');
});

test('effective clicks: of 1,000 at weight 1 and 500 at weight 2', async () => {
  const { out } = await counterrank('diagnose', moved, '--format', 'json');
  const csv = (await counterrank('diagnose', moved, '--format', 'csv')).out.split('\n');
  for (const line of [
    'part,name,measure,value',
    'rank,2,clickThrough,0.25',
    'weighting,naive,effective,1500',
    'estimator,all-pairs,verdict,take',
    'log,,sessions,2000',
  ])
    expect(csv).toContain(line);
  const { weightings, path, rankGroups, advice } = JSON.parse(out);
  expect([path, rankGroups]).toEqual([moved, [0, 0]]);
  const spread = (name: string) => weightings.find((one: { name: string }) => one.name === name).spread;
  expect(spread('naive')).toEqual({ clicks: 1500, effective: 1500 });
  expect(spread('ips').effective).toBeCloseTo(2000 ** 2 / (1000 + 500 * 4), 6);
  expect(advice.bias[0]).toMatchObject({ name: 'all-pairs', verdict: 'take' });
});

test('a log in which nothing moved tells nothing by itself, and says what would help; features do', async () => {
  const { code, out } = await counterrank('diagnose', fixed);
  expect(code).toBe(0);
  expect(out).toMatch(/2 groups \(1; 2\)/);
  expect(out).toMatch(/as if examination were 1\/rank \(an assumption/);
  expect(out).not.toMatch(/^take/m);
  expect(out).toMatch(/nothing in this log tells bias from relevance\. Ways out/);
  const letor = [
    '1 qid:1 1:0.3 #docid = a',
    '0 qid:1 1:0.1 #docid = b',
    '0 qid:2 1:0.2 #docid = a',
    '1 qid:2 1:0.7 #docid = b',
    '0 qid:2 1:0.7 #docid = c',
  ].join('\n');
  mkdirSync(home.in('letor'));
  for (const name of ['train', 'vali', 'test']) home.put(`letor/${name}.txt`, `${letor}\n`);
  const withFeatures = await counterrank('diagnose', fixed, '--data', home.in('letor'));
  expect(withFeatures.err).toBe('');
  expect(withFeatures.out).toMatch(/20 % of the documents of these queries were never shown/);
  expect(withFeatures.out).toMatch(/\[rank \| features\]: rank 3 of 3 columns over 4 distinct pairs/);
  expect(withFeatures.out).toMatch(/^take +regression-em /m);
});

test('weightings are judged by a bias that is named', async () => {
  const bias = home.put(
    'bias.json',
    JSON.stringify({ format: 'counterrank bias', version: 1, source: 'given', examination: [1, 0.1], intervals: null, affine: null }),
  );
  const { out } = await counterrank('diagnose', fixed, '--bias', bias, '--format', 'json');
  const { weightings, judgedBy } = JSON.parse(out);
  expect(judgedBy).toMatchObject({ name: bias, assumed: false, examination: [1, 0.1] });
  const ips = weightings.find((one: { name: string }) => one.name === 'ips').spread;
  expect(ips.effective).toBeCloseTo((1000 + 500 * 10) ** 2 / (1000 + 500 * 100), 6);
});

test('a simulated folder is its own log and data', async () => {
  const folder = home.in('simulated');
  const config = home.put(
    'world.yaml',
    'data: {synthetic: {trainQueries: 20, validationQueries: 4, testQueries: 4, features: 3}}\nsimulation: {sessions: 20000, positions: 3, clickModel: dynamic-bayesian, temperature: 0.5, listsPerQuery: 5}',
  );
  await counterrank('simulate', config, '--out', folder);
  const { code, out, err } = await counterrank('diagnose', folder);
  expect([code, err]).toEqual([0, '']);
  expect(out).toMatch(/^take +all-pairs .*a mean over lists, as examination depends on the clicks above/m);
  expect(out).toMatch(/^can +click-model +a click makes a click at the next rank rarer/m);
  const ids = await counterrank('diagnose', join(folder, 'clicks-train.jsonl')); // without features, documents are ids
  expect(ids.out).toMatch(/^take +click-model +a click makes a click at the next rank rarer/m);
});

test('sessions that end with their first click: labels of a click model, as a config has them', async () => {
  const once = ['a b', 'b a'].flatMap((docs) =>
    [
      { clicks: [1, 0], count: 500 },
      { clicks: [0, 1], count: 250 },
      { clicks: [0, 0], count: 250 },
    ].map((row) => JSON.stringify({ query: 'q', docs: docs.split(' '), ...row })),
  );
  const { out } = await counterrank('diagnose', home.put('once.jsonl', once.join('\n')));
  expect(out).toMatch(/^take +click-model +0 % of the sessions with a click have another/m);
  expect(out).toContain('estimators: [naive, {name: click-model-labels, clickModel: dynamic-bayesian}]');
});

test('contexts go by their names, and one that does not tie its own ranks together is told', async () => {
  const inDevice = (device: string) => (line: string) => JSON.stringify({ ...JSON.parse(line), device });
  const log = home.put(
    'devices.jsonl',
    [...[...list('q', 'ab'), ...list('q', 'ba')].map(inDevice('7')), ...list('q', 'ab').map(inDevice('9'))].join('\n'),
  );
  const { out } = await counterrank('diagnose', log, '--context', 'device');
  expect(out).toMatch(/^contexts: 7: 2,000 sessions; 9: 1,000 sessions$/m);
  expect(out).toMatch(/^ {2}context 9 by itself has 2 groups$/m);
});

test('sessions with swaps: the estimator of their intervention follows, and the others say why not', async () => {
  const folder = home.in('swaps');
  const config = home.put(
    'swaps.yaml',
    'data: {synthetic: {trainQueries: 20, validationQueries: 4, testQueries: 4, features: 3}}\nsimulation: {sessions: 5000, positions: 3, randomisedSessions: 20000, intervention: rand-pair}',
  );
  await counterrank('simulate', config, '--out', folder);
  const { out } = await counterrank('diagnose', folder);
  expect(out).toMatch(/^take +rand-pair +20,000 sessions/m);
  expect(out).toMatch(/^no +randomisation +the randomised sessions tell several policies apart/m);
  expect(out).toMatch(/examined: θ over that of rank 1, by rand-pair/);
  expect(out).toMatch(/\{bias: rand-pair, weighting: /);
});

test('a bias of α and β has no examination to divide clicks by, and a log without clicks nothing at all', async () => {
  const trust = home.put(
    'trust.json',
    JSON.stringify({
      format: 'counterrank bias',
      version: 1,
      source: 'given',
      examination: null,
      intervals: null,
      affine: { alpha: [0.9, 0.4], beta: [0.1, 0.05] },
    }),
  );
  const { out } = await counterrank('diagnose', moved, '--bias', trust);
  expect(out).toMatch(/cannot be told: .*trust\.json tells α and β, and no examination/);
  expect(out).toMatch(/^affine +[\d,]+ /m);
  const silent = home.put('silent.jsonl', [row('q', 'ab', [0, 0], 5), row('q', 'ba', [0, 0], 5)].join('\n'));
  const none = await counterrank('diagnose', silent);
  expect(none.out).toMatch(/Next\n {2}no session of the log has a click/);
  expect(none.out).toMatch(/but not by clicks: /);
});

test.each([
  [[moved, '--bias', 'oracle'], /--bias oracle is told, not found in a log/],
  [['none.jsonl'], /none\.jsonl/],
  [[moved, '--bias', 'all-pars'], /unknown bias estimator "all-pars"; did you mean "all-pairs"/],
  [[moved, '--bias', 'regression-em'], /--bias regression-em learns relevance from features/],
  [[moved, '--format', 'yaml'], /Allowed choices are text, csv, json/],
  [[moved, '--context', 'device'], /device/],
])('%j is one clear line', async (words, message) => {
  const { code, err } = await counterrank('diagnose', ...words);
  expect([2, 3]).toContain(code);
  expect(err).toMatch(message);
  expect(err.trim().split('\n').length).toBeLessThan(3);
});
