import { weightedLeastSquares } from '../../../estimators/recommendation/weighted-least-squares.ts';
import { solveCholesky } from '../../../src/math/cholesky.ts';
import { addWeightedGram, addWeightedProduct } from '../../../src/math/weighted-gram.ts';
import { gaussian } from '../../../src/random/gaussian.ts';
import { createRng } from '../../../src/random/rng.ts';

const [J, K, ridge] = [43, 6, 0.3];
const rng = createRng('weighted-least-squares');
const rows = Float64Array.from({ length: J * K }, () => gaussian(rng));
const row = (j: number) => rows.subarray(j * K, (j + 1) * K);

/** Σ_j w_j v_j v_jᵀ, written out. */
const gramOf = (weights: ArrayLike<number>) =>
  Float64Array.from({ length: K * K }, (_, at) =>
    Array.from({ length: J }, (_, j) => weights[j] * row(j)[Math.floor(at / K)] * row(j)[at % K]).reduce((a, b) => a + b, 0),
  );

test('Gram matrices and products of chosen or all rows, whatever remains beside fours', () => {
  for (const count of [0, 3, 4, 9, J]) {
    const chosen = Uint32Array.from({ length: count }, (_, k) => (k * 5) % J);
    const weights = Float64Array.from(chosen, () => rng.next());
    const all = new Float64Array(J);
    chosen.forEach((j, k) => {
      all[j] += weights[k];
    });
    const [expected, own, ofFirst] = [gramOf(all), new Float64Array(K * K), new Float64Array(K * K)];
    addWeightedGram(own, K, rows, weights, chosen);
    addWeightedGram(ofFirst, K, rows, weights, null);
    const first = gramOf(Float64Array.from({ length: J }, (_, j) => weights[j] ?? 0));
    for (let f = 0; f < K; f++)
      for (let g = 0; g <= f; g++) {
        expect(own[f * K + g]).toBeCloseTo(expected[f * K + g], 10);
        expect(ofFirst[f * K + g]).toBeCloseTo(first[f * K + g], 10);
      }
  }
  const [weights, x, sum] = [Float32Array.from({ length: J }, () => rng.next()), row(3).slice(), new Float64Array(K).fill(1)];
  addWeightedProduct(sum, rows, weights, x);
  const gram = gramOf(weights);
  for (let f = 0; f < K; f++) expect(sum[f]).toBeCloseTo(1 + x.reduce((all, value, g) => all + gram[f * K + g] * value, 0), 10);
});

test.each([0.02, 0.5, 1])('the solution is that of the full system, however far the weights are from the usual %d', (usual) => {
  const clicked = Uint32Array.of(1, 8, 30);
  const weights = Float32Array.from({ length: J }, () => 0.6 * rng.next());
  for (const j of clicked) weights[j] = 1;
  const gram = new Float64Array(K * K);
  addWeightedGram(gram, K, rows, new Float64Array(J).fill(1), null);
  const exact = new Float64Array(K);
  for (const j of clicked) for (let f = 0; f < K; f++) exact[f] += row(j)[f];
  const matrix = gramOf(weights);
  for (let f = 0; f < K; f++) matrix[f * K + f] += ridge;
  expect(solveCholesky(matrix, exact, K)).toBe(true);
  for (const start of [0, 1]) {
    const x = new Float64Array(K).fill(start);
    weightedLeastSquares(rows, K, ridge)({ weights, clicked, gram, scale: usual, usual: () => usual }, x);
    for (let f = 0; f < K; f++) expect(x[f]).toBeCloseTo(exact[f], 3);
  }
});

test('without a clicked row the solution is 0', () => {
  const x = new Float64Array(K).fill(1);
  const system = { weights: new Float32Array(J), clicked: new Uint32Array(0), gram: new Float64Array(K * K), scale: 1, usual: () => 0 };
  weightedLeastSquares(rows, K, ridge)(system, x);
  expect([...x]).toEqual(Array(K).fill(0));
});
