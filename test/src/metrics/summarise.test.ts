import { definedValues, summarise } from '../../../src/metrics/summarise.ts';

test('leaves NaN out and counts it', () => {
  const values = Float64Array.of(1, Number.NaN, 0.5, Number.NaN, 0);
  expect(summarise(values)).toEqual({ mean: (1 + 0.5 + 0) / 3, n: 3, skipped: 2 });
  expect([...definedValues(values)]).toEqual([1, 0.5, 0]);
  expect(summarise(Float64Array.of(Number.NaN))).toEqual({ mean: Number.NaN, n: 0, skipped: 1 });
});
