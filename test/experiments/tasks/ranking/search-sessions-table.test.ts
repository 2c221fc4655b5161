import {
  detectable,
  pairedStandardError,
  searchSessions,
  searchSessionsRemark,
} from '../../../../experiments/tasks/ranking/search-sessions-table.ts';
import { gaussian } from '../../../../src/random/gaussian.ts';
import { createRng } from '../../../../src/random/rng.ts';

test('the standard error is that of the mean over queries, from the spread within queries alone', () => {
  const [one, other] = [Float64Array.of(0.5, 0.7, 0.9, 0.2, 0.2, 0.5), Float64Array.of(0.4, 0.4, 0.3, 0.3, 0.1, 0.5)];
  const differences = [0.1, 0.3, 0.6, -0.1, 0.1, 0]; // two queries of three sessions, means 1/3 and 0
  const squares = differences.reduce((sum, d, i) => sum + (d - (i < 3 ? 1 / 3 : 0)) ** 2, 0);
  expect(pairedStandardError(one, other, 3)).toBeCloseTo(Math.sqrt((squares / 4) * (1 / 3 + 1 / 3)) / 2, 12);
  const shifted = other.map((value, i) => value + (i < 3 ? 5 : 0)); // the queries differ more, their sessions do not
  expect(pairedStandardError(one, shifted, 3)).toBeCloseTo(pairedStandardError(one, other, 3) as number, 12);
});

test('sessions that one of the two leaves undefined count for neither; one session a query says nothing', () => {
  const one = Float64Array.of(0.5, 0.7, Number.NaN, 0.2, 0.4, 0.9);
  expect(pairedStandardError(one, new Float64Array(6), 3)).toBeCloseTo(
    Math.sqrt(((2 * 0.1 ** 2 + 0.3 ** 2 + 0.1 ** 2 + 0.4 ** 2) / 3) * (1 / 2 + 1 / 3)) / 2,
    12,
  );
  expect(pairedStandardError(one, new Float64Array(6), 1)).toBeNull();
});

test('a difference of that size is found in four of five tries', () => {
  const [queries, each, draws] = [20, 25, 2000];
  const rng = createRng('power');
  const effect = detectable([{ standard_error: 0.3 / Math.sqrt(queries * each) }]) as number; // sessions of spread 0.3
  let found = 0;
  for (let draw = 0; draw < draws; draw++) {
    const one = Float64Array.from({ length: queries * each }, () => effect + 0.3 * gaussian(rng));
    const mean = one.reduce((sum, value) => sum + value, 0) / one.length;
    const error = pairedStandardError(one, new Float64Array(one.length), each) as number;
    if (Math.abs(mean) > 1.959964 * error) found++;
  }
  expect(Math.abs(found / draws - 0.8)).toBeLessThan(4 * Math.sqrt((0.8 * 0.2) / draws));
});

test('seeds are averaged: four as sure as one each tell half the difference', () => {
  const one = detectable([{ standard_error: 0.01 }]) as number;
  expect(one / 0.01).toBeCloseTo(1.959964 + 0.841621, 5);
  expect(detectable(Array(4).fill({ standard_error: 0.01 }))).toBeCloseTo(one / 2, 12);
  expect(detectable([])).toBeNull();
});

test('the line below a table names the number of sessions, the baseline and the range over methods', () => {
  const series = (standard_error: number) => [{ seed: '1', rows: [{ baseline: 'naive', sessions: 20_000, standard_error }] }];
  const { sentence, table } = searchSessionsRemark;
  expect(table).toBe(searchSessions);
  expect(
    sentence([
      { title: 'naive', series: [] },
      { title: 'a', series: series(0.001) },
      { title: 'b', series: series(0.002) },
    ]),
  ).toMatch(/^num: 20,000 search sessions a seed tell differences from naive from 0\.0028 to 0\.0056 up/);
  expect(sentence([{ title: 'naive', series: [] }])).toBeNull();
});
