import { rowSums, weightedRowSum } from '../../../src/math/row-products.ts';
import { createRng } from '../../../src/random/rng.ts';

const rng = createRng('rows');
const some = (length: number) => Float32Array.from({ length }, () => rng.next() - 0.5);

test.each([
  [0, 3],
  [1, 4],
  [3, 1],
  [4, 5],
  [7, 0],
  [9, 2],
  [13, 136],
])('%d rows of %d: the bits of plain loops', (n, F) => {
  const [weights, rows, slopes] = [some(F + 1), some(n * F), some(n)];
  const scores = new Float32Array(n).fill(9);
  rowSums(weights, rows, scores);
  const sums = new Float64Array(F + 1).fill(9);
  weightedRowSum(slopes, rows, sums);
  const expectedSums = new Float64Array(F + 1);
  for (let i = 0; i < n; i++) {
    let score = weights[F];
    for (let f = 0; f < F; f++) score += weights[f] * rows[i * F + f];
    expect(scores[i]).toBe(Math.fround(score));
    for (let f = 0; f < F; f++) expectedSums[f] += slopes[i] * rows[i * F + f];
    expectedSums[F] += slopes[i];
  }
  expect([...sums]).toEqual([...expectedSums]);
});
