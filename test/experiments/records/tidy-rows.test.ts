import { csvLines } from '../../../experiments/records/csv.ts';
import { curveRows, metricRows, perQueryRows, propensityRows, weightRows } from '../../../experiments/records/tidy-rows.ts';
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
  expect(rows[4]).toEqual(['1', 'naive', 'ndcg@10', fakeResult.means[0][1][1], 0]);
});

test('values per query name the query, those per search session its number', () => {
  const rows = [...perQueryRows(fakeResult)];
  expect(rows).toHaveLength(5 * 6 * (3 + 3 + 4));
  expect(rows.slice(0, 10).map((row) => row[3])).toEqual(['q1', 'q2', 'q3', 'q1', 'q2', 'q3', 1, 2, 3, 4]);
  expect(rows[5][4]).toBe(fakeResult.perQuery[0][0][1][2]);
});

test('propensities and curves by rank and step, where there are some', () => {
  const { seeds, methods, propensities, curves } = fakeResult;
  expect([...propensityRows(seeds, methods, propensities)][1]).toEqual(['1', 'ips', 2, 0.5, 0.5]);
  expect([...propensityRows(seeds, methods, propensities)]).toHaveLength(5 * 3 * 10);
  expect([...curveRows(seeds, methods, curves)]).toHaveLength(5 * 5 * 50);
});

test('the clipped share of the methods that can clip', () => {
  const rows = [...weightRows(fakeResult)];
  expect(rows).toHaveLength(5 * 2);
  expect(rows.slice(0, 2)).toEqual([
    ['1', 'ips', 0],
    ['1', 'clipped-ips', 0.2],
  ]);
});
