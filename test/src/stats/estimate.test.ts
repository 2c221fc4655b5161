import { UsageError } from '../../../src/errors.ts';
import { createRng } from '../../../src/random/rng.ts';
import { meanEstimate, meanInterval } from '../../../src/stats/estimate.ts';

test('mean, standard error and t interval', () => {
  const estimate = meanEstimate([1, 2, 3, 6]);
  const standardError = Math.sqrt((4 + 1 + 0 + 9) / 3 / 4);
  expect(estimate).toMatchObject({ value: 3, n: 4, standardError: expect.closeTo(standardError, 14) });
  const half = 3.182446305284263 * standardError; // t(0.975; 3), from tables
  expect(estimate.lower).toBeCloseTo(3 - half, 10);
  expect(estimate.upper).toBeCloseTo(3 + half, 10);
  expect(meanInterval([1, 2, 3, 6])).toEqual(estimate);
});

test('a weight is how often a value was seen', () => {
  const counted = meanEstimate([0, 5, 9], [3, 1, 0]);
  const spelled = meanEstimate([0, 0, 0, 5]);
  for (const key of ['value', 'standardError', 'lower', 'upper', 'n'] as const) expect(counted[key]).toBeCloseTo(spelled[key], 12);
  expect(meanEstimate([0, 1], [5e8, 5e8]).standardError).toBeCloseTo(0.5 / Math.sqrt(1e9), 12);
});

test('a higher level is a wider interval', () => {
  const values = [1, 2, 4];
  expect(meanInterval(values, 0.99).upper).toBeGreaterThan(meanInterval(values, 0.9).upper);
  expect(meanInterval(values, 0.5).upper - 7 / 3).toBeCloseTo(Math.SQRT1_2 * Math.sqrt(4 / 3) * meanInterval(values).standardError, 12); // t(0.75; 2) = √(2/3)
});

test('one value has no known spread', () => {
  expect(meanEstimate([7])).toEqual({ value: 7, standardError: Number.NaN, lower: Number.NaN, upper: Number.NaN, n: 1 });
});

test('covers the true mean in 95 % of repeats', () => {
  const rng = createRng('coverage');
  const repeats = 4000;
  let covered = 0;
  for (let r = 0; r < repeats; r++) {
    const sumOf12 = () => Array.from({ length: 12 }, () => rng.next()).reduce((a, b) => a + b, -6); // all but normal, mean 0
    const { lower, upper } = meanEstimate(Array.from({ length: 5 }, sumOf12));
    if (lower <= 0 && upper >= 0) covered++;
  }
  expect(Math.abs(covered / repeats - 0.95)).toBeLessThan(4 * Math.sqrt((0.95 * 0.05) / repeats));
});

test('refuses what has no mean', () => {
  expect(() => meanEstimate([])).toThrow('at least one value');
  expect(() => meanEstimate([1, 2], [0, 0])).toThrow(UsageError);
  expect(() => meanEstimate([1, Number.NaN])).toThrow('values[1] must be finite, got NaN');
  expect(() => meanEstimate([1, 2], [1])).toThrow('expected 2 weights');
  expect(() => meanEstimate([1, 2], [1, -1])).toThrow('weights[1]');
});
