import { UsageError } from '../../src/errors.ts';
import type { OpensKernels } from '../../src/kernels/kernels.ts';
import { factoriseCholesky, multiplyTransposed, solveFactorised, solveLower, solveTransposed } from '../../src/math/cholesky.ts';
import { rowSet } from '../../src/math/row-set.ts';
import { addWeightedGram } from '../../src/math/weighted-gram.ts';

/** A system (Σ_j w_j v_j v_jᵀ + ρ I) x = Σ_{j clicked} v_j, w_j = 1 of a clicked row v_j and near `usual` of the others, on average. */
export interface WeightedSystem {
  readonly weights: Float32Array; // w_j of every row; 1 of the clicked ones
  readonly clicked: Uint32Array; //  rows
  readonly scale: number; //         Σ_j usual_j v_j v_jᵀ is so many times the shared Gram matrix
  readonly usual: (row: number) => number;
}

const tolerance = 1e-7; // of the residual, relative to the right-hand side: about what a 32-bit float holds
const mostSteps = 200;

/**
 * Solves such systems over the same K-dimensional rows. All weights matter, but those of unclicked rows are alike: with L Lᵀ = gram + ρ I
 * (Cholesky, once) the rows L⁻¹ v_j, and L⁻¹ e_k of weight ρ for the ridge, make the system of Lᵀ x near σ I but for the clicked rows, σ by the
 * mean eigenvalue m of `gram`: (scale · m + ρ)/(m + ρ). Conjugate gradients, preconditioned by σ I + Σ_{j clicked} (1 − usual_j) L⁻¹ v_j v_jᵀ L⁻ᵀ;
 * a step costs J · K and not J · K², and a few are enough, the fewer the nearer `usual` is. Golub & Van Loan, Matrix Computations, §11.5.
 * @param gram the lower triangle of the Gram matrix of the rows with weights such as most systems have
 */
export function weightedLeastSquares(rows: Float64Array, K: number, ridge: number, gram: Float64Array, open?: OpensKernels) {
  const J = rows.length / K;
  const factor = gram.slice();
  let eigenvalue = 0;
  for (let f = 0; f < K; f++) {
    eigenvalue += gram[f * K + f] / K;
    factor[f * K + f] += ridge;
  }
  positiveDefinite(factor, K);
  const white = new Float64Array(rows.length + K * K);
  white.set(rows);
  for (let f = 0; f < K; f++) white[(J + f) * K + f] = 1;
  for (let at = 0; at < white.length; at += K) solveLower(factor, white.subarray(at, at + K), K);
  const { weightedProduct } = rowSet(white, K, open);
  const allWeights = new Float32Array(J + K).fill(ridge);
  const [residual, direction, solved, product] = [0, 0, 0, 0].map(() => new Float64Array(K));
  /** @param x K numbers, overwritten; what it holds is the start @throws UsageError where the system is not positive definite in floating point */
  return ({ weights, clicked, scale, usual }: WeightedSystem, x: Float64Array): void => {
    if (clicked.length === 0) {
      x.fill(0);
      return;
    }
    allWeights.set(weights);
    const precondition = clickedRows(white, K, clicked, usual, (scale * eigenvalue + ridge) / (eigenvalue + ridge));
    multiplyTransposed(factor, x, K);
    weightedProduct(allWeights, x, product);
    residual.fill(0);
    for (const row of clicked) for (let f = 0; f < K; f++) residual[f] += white[row * K + f];
    const enough = tolerance ** 2 * dot(residual, residual);
    for (let f = 0; f < K; f++) residual[f] -= product[f];
    let before = 0;
    for (let step = 0; step < mostSteps && dot(residual, residual) > enough; step++) {
      solved.set(residual);
      precondition(solved);
      const now = dot(residual, solved);
      for (let f = 0; f < K; f++) direction[f] = solved[f] + (step === 0 ? 0 : (now / before) * direction[f]);
      weightedProduct(allWeights, direction, product);
      const length = now / dot(direction, product);
      for (let f = 0; f < K; f++) {
        x[f] += length * direction[f];
        residual[f] -= length * product[f];
      }
      before = now;
    }
    solveTransposed(factor, x, K);
  };
}

/** Solves (σ I + CᵀC) x = b in place, C the clicked rows times √(1 − usual); of few rows by Woodbury's identity. */
function clickedRows(rows: Float64Array, K: number, clicked: Uint32Array, usual: (row: number) => number, sigma: number) {
  const c = clicked.length;
  if (c >= K) {
    const matrix = new Float64Array(K * K);
    const weights = Float64Array.from(clicked, (row) => 1 - usual(row));
    addWeightedGram(matrix, K, rows, weights, clicked);
    for (let f = 0; f < K; f++) matrix[f * K + f] += sigma;
    positiveDefinite(matrix, K);
    return (x: Float64Array): void => solveFactorised(matrix, x, K);
  }
  const chosen = new Float64Array(c * K);
  for (let k = 0; k < c; k++) {
    const root = Math.sqrt(Math.max(0, 1 - usual(clicked[k])));
    for (let f = 0; f < K; f++) chosen[k * K + f] = root * rows[clicked[k] * K + f];
  }
  const matrix = new Float64Array(c * c);
  for (let k = 0; k < c; k++) {
    for (let l = 0; l <= k; l++) matrix[k * c + l] = dotAt(chosen, k * K, chosen, l * K, K);
    matrix[k * c + k] += sigma;
  }
  positiveDefinite(matrix, c);
  const inner = new Float64Array(c);
  return (x: Float64Array): void => {
    for (let k = 0; k < c; k++) inner[k] = dotAt(chosen, k * K, x, 0, K);
    solveFactorised(matrix, inner, c);
    for (let k = 0; k < c; k++) for (let f = 0; f < K; f++) x[f] -= inner[k] * chosen[k * K + f];
    for (let f = 0; f < K; f++) x[f] /= sigma;
  };
}

function positiveDefinite(matrix: Float64Array, n: number): void {
  if (!factoriseCholesky(matrix, n)) throw new UsageError('ExpoMF: a system is not positive definite; raise priorPrecision');
}

const dot = (a: Float64Array, b: Float64Array): number => dotAt(a, 0, b, 0, a.length);

function dotAt(a: Float64Array, i: number, b: Float64Array, j: number, n: number): number {
  let sum = 0;
  for (let f = 0; f < n; f++) sum += a[i + f] * b[j + f];
  return sum;
}
