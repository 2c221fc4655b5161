import { shapesTable } from '../../../experiments/report/expected-shapes.ts';
import type { ReportCell, ReportSummary } from '../../../experiments/report/report-summary.ts';
import { pairedValues, winnersOf, winnersTable } from '../../../experiments/report/winners.ts';
import { meanInterval, pairedTTest } from '../../../src/stats/index.ts';

const noise = [0.01, -0.02, 0.015, 0.005, -0.01];

const cell = (values: readonly number[], samples = values.map((_, s) => `${s + 1}`)): ReportCell => ({
  ...{ metric: 'ndcg@10', mean: meanInterval(values.filter(Number.isFinite)), values, samples },
  ...{ difference: null, p: null, adjustedP: null, best: false, compared: null },
});

/** Of the values of every method in every column; columns are click models at so many sessions. */
function summaryOf(
  columns: readonly (readonly [clickModel: string, sessions: number])[],
  methods: Readonly<Record<string, readonly (readonly number[])[]>>,
  lowerIsBetter: readonly string[] = [],
): ReportSummary {
  return {
    ...{ baseline: 'naive', baselineRow: 0, lowerIsBetter, samples: 'seeds', warnings: [] },
    testing: { test: 'paired-t', correction: 'holm', alpha: 0.05 },
    grouping: {
      ...{ rowKeys: ['estimator.label'], columnKeys: ['simulation.clickModel.name', 'simulation.sessions'] },
      ...{ contextKeys: [], alongKeys: [], methodContext: [] },
    },
    rows: [],
    metrics: columns.map((values) => values.join(' · ')),
    columns: columns.map((values) => ({
      ...{ metric: 'ndcg@10', label: values.join(' · ') },
      group: { id: values.join(), values, name: '', reference: false },
    })),
    methods: Object.entries(methods).map(([method, cells]) => ({
      ...{ method, name: method, reference: method === 'skyline', notes: [] },
      cells: cells.map((values) => cell(values)),
    })),
  };
}
const around = (mean: number, scale = 1) => noise.map((drift) => mean + scale * drift);
const turned = (mean: number) => noise.map((drift, s) => mean + 0.1 * drift + (s % 2 === 0 ? 0.003 : -0.003));

test('the best, who is level with it, and who is above and below naive; a reference is not in the race', () => {
  const summary = summaryOf([['position-based', 1000]], {
    naive: [around(0.5)],
    ips: [turned(0.8)],
    dla: [turned(0.7995)],
    worse: [around(0.3, 0.5)],
    skyline: [around(0.9)],
  });
  const [winner] = winnersOf(summary);
  expect(winner).toMatchObject({ best: 'ips', level: ['dla'], above: ['ips', 'dla'], below: ['worse'] });
  expect(winner.gain).toBeCloseTo(0.3, 1);
});

test('of a loss the lowest wins; two seeds that differ alike, or one seed, tell nobody apart', () => {
  const loss = winnersOf(summaryOf([['position-based', 1000]], { naive: [around(0.5)], ips: [turned(0.8)] }, ['ndcg@10']));
  expect(loss[0]).toMatchObject({ best: 'naive', level: [], above: [], below: ['ips'] });
  const one = winnersOf(summaryOf([['position-based', 1000]], { naive: [[0.5]], ips: [[0.8]] }));
  expect(one[0]).toMatchObject({ best: 'ips', level: ['naive'], above: [], below: [] });
});

test('Holm over the methods of a column: what a test alone would tell apart, several may not', () => {
  const near = [0.012, 0.03, 0.02, 0.008, 0.004].map((gain, s) => 0.5 + noise[s] + gain);
  const { p } = pairedTTest(near, around(0.5));
  expect(p).toBeGreaterThan(0.025);
  expect(p).toBeLessThan(0.05);
  const column = [['position-based', 1000]] as const;
  expect(winnersOf(summaryOf(column, { naive: [around(0.5)], near: [near] }))[0].above).toEqual(['near']);
  const same = around(0.5, 1.0001);
  expect(winnersOf(summaryOf(column, { naive: [around(0.5)], near: [near], same: [same], other: [same] }))[0].above).toEqual([]);
});

test('values are paired by what they are of', () => {
  const [left, right] = pairedValues(cell([1, 2, 3], ['a', 'b', 'c']), cell([30, 10, Number.NaN], ['c', 'a', 'b']));
  expect([left, right]).toEqual([
    [1, 3],
    [10, 30],
  ]);
});

test('as a table: where no method is above naive, it says so; one column is no race course', () => {
  const columns = [
    ['position-based', 1000],
    ['cascade', 1e6],
  ] as const;
  const summary = summaryOf(columns, { naive: [around(0.5), around(0.5)], ips: [turned(0.8), turned(0.4)] });
  const table = winnersTable(summary);
  expect(table?.head).toEqual([
    'clickModel',
    'sessions',
    'best',
    'mean',
    'not told apart from it',
    'gain over naive',
    'above naive',
    'below naive',
  ]);
  expect(table?.rows.map((row) => [row[0], row[1], row[2], row[6], row[7]])).toEqual([
    ['position-based', '1e3', 'ips', 'ips', '–'],
    ['cascade', '1e6', 'naive', '–', 'ips'],
  ]);
  expect(table?.note).toMatch('In 1 of 2 rows no method is above naive: there nothing shows that debiasing helps.');
  expect(winnersTable(summaryOf([['position-based', 1000]], { naive: [around(0.5)], ips: [turned(0.8)] }))).toBeNull();
});

test('what theory says is held against the most sessions, both ways', () => {
  const columns = [
    ['trust-bias', 1000],
    ['trust-bias', 1e6],
    ['position-based', 1e6],
  ] as const;
  const methods = {
    naive: [around(0.5), around(0.5), around(0.5)],
    ips: [turned(0.9), turned(0.6), turned(0.8)],
    affine: [turned(0.1), turned(0.8), turned(0.2)],
    'expected-relevance': [turned(0.8), turned(0.8), turned(0.801)],
  };
  const rows = shapesTable(summaryOf(columns, methods))?.rows.map((row) => [row[0], row[1], row[4]]);
  expect(rows).toEqual([
    ['ips ≈ expected-relevance', 'position-based', 'yes'],
    ['ips > naive', 'position-based', 'yes'],
    ['affine > ips', 'trust-bias', 'yes'],
  ]);
  const contrary = { ...methods, affine: [turned(0.1), turned(0.4), turned(0.2)] };
  expect(shapesTable(summaryOf(columns, contrary))?.rows.at(-1)?.[4]).toBe('no, the contrary');
  expect(shapesTable(summaryOf(columns, { naive: methods.naive, own: methods.ips }))).toBeNull();
});
