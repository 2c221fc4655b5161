import { csvLines } from '../../../experiments/records/csv.ts';
import { meansOf, metricRows, perQueryRows, rowsIn, seriesOf } from '../../../experiments/tables/run-result.ts';
import { propensities, weights } from '../../../experiments/tasks/ranking/ranking-tables.ts';
import { curves } from '../../../experiments/tasks/shared/training.ts';
import { fakeResult } from '../fake-result.ts';

test('CSV quotes what needs it, and leaves out what is no number', () => {
  const lines = [
    ...csvLines(
      ['a', 'b'],
      [
        ['x,y', 1.5],
        ['say "hi"', Number.NaN],
        ['two\nlines', null],
      ],
    ),
  ];
  expect(lines).toEqual(['a,b\n', '"x,y",1.5\n', '"say ""hi""",\n', '"two\nlines",\n']);
});

test('one row per seed, method and metric', () => {
  const rows = [...metricRows(fakeResult)];
  expect(rows).toHaveLength(5 * 6 * 3);
  const [, [, values]] = fakeResult.values[0];
  expect(rows[4]).toEqual(['1', 'naive', 'ndcg@10', (values[0] + values[1] + values[2]) / 3, 0]);
  expect(meansOf(fakeResult)[0][1][1]).toBe(rows[4][3]);
});

test('what is not defined is left out of the mean, and counted', () => {
  const values = [[[Float64Array.of(1, Number.NaN, 4)]]];
  const one = { ...fakeResult, seeds: ['1'], methods: ['a'], metrics: [fakeResult.metrics[0]], values };
  expect([...metricRows(one)]).toEqual([['1', 'a', 'ndcg@1', 5 / 2, 1]]);
});

test('values per query name the query, those per search session its number', () => {
  const rows = [...perQueryRows(fakeResult)];
  expect(rows).toHaveLength(5 * 6 * (3 + 3 + 4));
  expect(rows.slice(0, 10).map((row) => row[3])).toEqual(['q1', 'q2', 'q3', 'q1', 'q2', 'q3', 1, 2, 3, 4]);
  expect(rows[5][4]).toBe(fakeResult.values[0][0][1][2]);
});

test('propensities and curves by rank and step, where there are some', () => {
  const rows = rowsIn(fakeResult, propensities);
  expect(rows[1]).toEqual({ seed: '1', method: 'ips', rank: 2, estimated: 0.5, true: 0.5, source: 'oracle' });
  expect(rows).toHaveLength(5 * 3 * 10);
  expect(rowsIn(fakeResult, curves)).toHaveLength(5 * 5 * 50);
});

test('the clipped share of the methods that can clip', () => {
  const rows = rowsIn(fakeResult, weights);
  expect(rows).toHaveLength(5 * 2);
  expect(rows.slice(0, 2)).toEqual([
    { seed: '1', method: 'ips', clipped_share: 0 },
    { seed: '1', method: 'clipped-ips', clipped_share: 0.2 },
  ]);
});

test('the series of a method: one for each seed, in the order of the rows; none of a method without rows', () => {
  const series = seriesOf(rowsIn(fakeResult, weights), 'clipped-ips');
  expect(series.map(({ seed, rows }) => [seed, ...rows.map((row) => row.clipped_share)])).toEqual(
    [0, 1, 2, 3, 4].map((s) => [String(s + 1), 0.2 + 0.01 * s]),
  );
  expect(seriesOf(rowsIn(fakeResult, weights), 'naive')).toEqual([]);
});
