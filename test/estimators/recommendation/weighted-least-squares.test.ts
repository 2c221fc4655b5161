import { weightedLeastSquares } from '../../../estimators/recommendation/weighted-least-squares.ts';
import { openKernels } from '../../../src/kernels/kernels.ts';
import { solveCholesky } from '../../../src/math/cholesky.ts';
import { addWeightedGram } from '../../../src/math/weighted-gram.ts';
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

test('Gram matrices of chosen or all rows, whatever remains beside fours', () => {
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
});

const ways = [
  ['plain code', () => null],
  ['kernels', openKernels],
] as const;
const cases = [0.02, 0.5, 1].flatMap((usual) => [3, 20].flatMap((clicks) => ways.map(([way, open]) => ({ usual, clicks, way, open }))));

test.each(cases)(
  '$way, $clicks clicked rows: the solution is that of the full system, however far the weights are from the usual $usual',
  (one) => {
    const { usual, clicks, open } = one;
    const clicked = Uint32Array.from({ length: clicks }, (_, k) => 2 * k + 1); // fewer and more than K
    const weights = Float32Array.from({ length: J }, () => 0.6 * rng.next());
    for (const j of clicked) weights[j] = 1;
    const gram = new Float64Array(K * K);
    addWeightedGram(gram, K, rows, new Float64Array(J).fill(0.3), null);
    const exact = new Float64Array(K);
    for (const j of clicked) for (let f = 0; f < K; f++) exact[f] += row(j)[f];
    const matrix = gramOf(weights);
    for (let f = 0; f < K; f++) matrix[f * K + f] += ridge;
    expect(solveCholesky(matrix, exact, K)).toBe(true);
    for (const start of [0, 1]) {
      const x = new Float64Array(K).fill(start);
      weightedLeastSquares(rows, K, ridge, gram, open)({ weights, clicked, scale: usual / 0.3, usual: () => usual }, x);
      const largest = Math.max(start, ...exact.map(Math.abs)); // what the products of the first residual are rounded by
      for (let f = 0; f < K; f++) expect(Math.abs(x[f] - exact[f])).toBeLessThan(1e-6 * largest);
    }
  },
);

test('without a clicked row the solution is 0', () => {
  const x = new Float64Array(K).fill(1);
  const system = { weights: new Float32Array(J), clicked: new Uint32Array(0), scale: 1, usual: () => 0 };
  weightedLeastSquares(rows, K, ridge, new Float64Array(K * K))(system, x);
  expect([...x]).toEqual(Array(K).fill(0));
});

test('rows without ridge that span no space are refused', () => {
  expect(() => weightedLeastSquares(rows, K, 0, new Float64Array(K * K))).toThrow(/raise priorPrecision/);
});
