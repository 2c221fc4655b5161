import { gaussian } from '../../../src/random/gaussian.ts';
import { createRng } from '../../../src/random/rng.ts';
import { normalCdf } from './goodness-of-fit.ts';

const n = 100_000;
const rng = createRng('normal');
const draws = Float64Array.from({ length: n }, () => gaussian(rng));

test.each([
  [1, 0, 1],
  [2, 1, 2],
  [3, 0, 15],
  [4, 3, 96],
])('moment %d is %d within 4 standard errors', (order, moment, variance) => {
  const mean = draws.reduce((sum, x) => sum + x ** order, 0) / n;
  expect(Math.abs(mean - moment)).toBeLessThan(4 * Math.sqrt(variance / n));
});

test('the empirical distribution stays within the Kolmogorov–Smirnov band of Φ (1.95/√n: exceeded once in 1,000)', () => {
  const sorted = draws.slice().sort();
  let furthest = 0;
  sorted.forEach((x, i) => {
    const expected = normalCdf(x);
    furthest = Math.max(furthest, (i + 1) / n - expected, expected - i / n);
  });
  expect(furthest).toBeLessThan(1.95 / Math.sqrt(n));
});

test('neighbouring draws do not correlate', () => {
  let products = 0;
  for (let i = 0; i + 1 < n; i++) products += draws[i] * draws[i + 1];
  expect(Math.abs(products / (n - 1))).toBeLessThan(4 / Math.sqrt(n));
});
