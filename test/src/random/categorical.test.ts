import { categorical } from '../../../src/random/categorical.ts';
import { createRng } from '../../../src/random/rng.ts';
import { chiSquareZ } from './goodness-of-fit.ts';

test.each([
  [[3]],
  [[1, 1]],
  [[0, 2, 0, 5, 1e-3, 12]],
  [[1e-300, 1e300 / 1e10, 4e289]],
  [Array.from({ length: 100 }, (_, i) => 1 / (i + 1))],
])('%j: drawn by weight (chi-square, 100,000 draws)', (weights) => {
  const total = weights.reduce((sum, w) => sum + w, 0);
  const sample = categorical(weights);
  const rng = createRng(`categorical ${weights.length}`);
  const counts = new Float64Array(weights.length);
  for (let i = 0; i < 100_000; i++) counts[sample(rng)]++;
  expect(
    chiSquareZ(
      counts,
      weights.map((w) => w / total),
    ),
  ).toBeLessThan(4.5);
});

test.each([
  [[1, -1], 'weights[1] must be finite and at least 0, got -1'],
  [[Number.NaN], 'weights[0] must be finite and at least 0, got NaN'],
  [[1e308, 1.5e308], 'the sum of the weights is beyond the largest number; divide them all by one number'],
  [[0, 0], 'a categorical distribution needs at least one weight above 0'],
  [[], 'a categorical distribution needs at least one weight above 0'],
])('weights %j are refused', (bad, message) => {
  expect(() => categorical(bad)).toThrow(message);
});
