import { UsageError } from '../../src/errors.ts';
import { factoriseCholesky, solveFactorised } from '../../src/math/cholesky.ts';
import { addWeightedGram, addWeightedProduct } from '../../src/math/weighted-gram.ts';

/** A system (Σ_j w_j v_j v_jᵀ + ρ I) x = Σ_{j clicked} v_j, w_j = 1 of a clicked row v_j and near `usual` of the others, on average. */
export interface WeightedSystem {
  readonly weights: Float32Array; // w_j of every row; 1 of the clicked ones
  readonly clicked: Uint32Array; //  rows
  /** Σ_j ŵ_j v_j v_jᵀ is `scale` times the lower triangle of `gram`, where the ŵ_j stand for the weights of unclicked rows. */
  readonly gram: Float64Array;
  readonly scale: number;
  readonly usual: (row: number) => number; // ŵ_j
}

const tolerance = 1e-7; // of the residual, relative to the right-hand side: about what a 32-bit float holds
const mostSteps = 200;

/**
 * Solves such systems over the same K-dimensional rows. All weights matter, but those of unclicked rows are alike: conjugate gradients,
 * preconditioned by the system with ŵ_j in their place, whose Gram matrix is shared and needs rank-one updates for the clicked rows only
 * (Cholesky, once). A step costs J · K and not J · K²; a few are enough, the fewer the nearer ŵ is.
 * Golub & Van Loan, Matrix Computations, §11.5.
 */
export function weightedLeastSquares(rows: Float64Array, K: number, ridge: number) {
  const factor = new Float64Array(K * K);
  const [residual, direction, solved, product] = [0, 0, 0, 0].map(() => new Float64Array(K));
  /** @param x K numbers, overwritten; what it holds is the start @throws UsageError where the system is not positive definite in floating point */
  return ({ weights, clicked, gram, scale, usual }: WeightedSystem, x: Float64Array): void => {
    if (clicked.length === 0) {
      x.fill(0);
      return;
    }
    for (let at = 0; at < factor.length; at++) factor[at] = scale * gram[at];
    for (let f = 0; f < K; f++) factor[f * K + f] += ridge;
    addWeightedGram(
      factor,
      K,
      rows,
      Float64Array.from(clicked, (row) => 1 - usual(row)),
      clicked,
    );
    if (!factoriseCholesky(factor, K)) throw new UsageError('ExpoMF: a system is not positive definite; raise priorPrecision');
    const multiply = (by: Float64Array) => {
      for (let f = 0; f < K; f++) product[f] = ridge * by[f];
      addWeightedProduct(product, rows, weights, by);
    };
    multiply(x);
    residual.fill(0);
    for (const row of clicked) for (let f = 0; f < K; f++) residual[f] += rows[row * K + f];
    const enough = tolerance ** 2 * dot(residual, residual);
    for (let f = 0; f < K; f++) residual[f] -= product[f];
    let before = 0;
    for (let step = 0; step < mostSteps && dot(residual, residual) > enough; step++) {
      solved.set(residual);
      solveFactorised(factor, solved, K);
      const now = dot(residual, solved);
      for (let f = 0; f < K; f++) direction[f] = solved[f] + (step === 0 ? 0 : (now / before) * direction[f]);
      multiply(direction);
      const length = now / dot(direction, product);
      for (let f = 0; f < K; f++) {
        x[f] += length * direction[f];
        residual[f] -= length * product[f];
      }
      before = now;
    }
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let f = 0; f < a.length; f++) sum += a[f] * b[f];
  return sum;
}
