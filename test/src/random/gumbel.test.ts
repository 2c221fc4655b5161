import { gumbel } from '../../../src/random/gumbel.ts';
import { createRng } from '../../../src/random/rng.ts';

test('draws follow exp(−exp(−x)): Kolmogorov–Smirnov band 1.95/√n', () => {
  const n = 50_000;
  const rng = createRng('gumbel');
  const sorted = Float64Array.from({ length: n }, () => gumbel(rng)).sort();
  const furthest = sorted.reduce((most, x, i) => {
    const expected = Math.exp(-Math.exp(-x));
    return Math.max(most, (i + 1) / n - expected, expected - i / n);
  }, 0);
  expect(furthest).toBeLessThan(1.95 / Math.sqrt(n));
});
