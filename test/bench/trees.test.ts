import { fitTrees } from './trees.ts';

test('the benchmark learns what it is given', () => {
  const features = Float32Array.from({ length: 400 }, (_, i) => Math.sin(i));
  const targets = Float32Array.from({ length: 200 }, (_, d) => Number(features[2 * d] > 0));
  const sizes = { rows: 200, features: 2, rounds: 40 };
  expect(fitTrees({ features, targets }, sizes).error).toBeLessThan(0.01);
});
