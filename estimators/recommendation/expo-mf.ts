import type { InteractionLog } from '../../src/data/interactions/interaction-log.ts';
import { UsageError } from '../../src/errors.ts';
import { solveCholesky } from '../../src/math/cholesky.ts';
import { gaussian } from '../../src/random/gaussian.ts';
import type { Rng } from '../../src/random/rng.ts';
import { type Decoded, integer, optional, positive, strictObject } from '../../src/schema.ts';

export const expoMfOptions = strictObject({
  dimension: optional(integer(1), 20),
  iterations: optional(integer(1), 10),
  priorPrecision: optional(positive(), 0.01), //  λ_θ = λ_β of users' and items' factors
  clickPrecision: optional(positive(), 1), //     λ_y
  initialExposure: optional(positive(), 0.01), // μ_i before the first iteration
  priorExposed: optional(positive(), 1), //       a and b of μ_i ~ Beta(a, b)
  priorUnexposed: optional(positive(), 1),
});

export interface ExpoMf {
  readonly dimension: number;
  readonly userFactors: Float64Array; // length U · dimension
  readonly itemFactors: Float64Array; // length I · dimension
  readonly exposure: Float64Array; //    μ_i = P(A_ui = 1), length I
}

/** sqrt(λ/(2π)) exp(−λ s²/2): the density of a click of 0 where the score is s and the pair was exposed. */
export const densityAtZero = (score: number, precision: number): number =>
  Math.sqrt(precision / (2 * Math.PI)) * Math.exp((-precision * score * score) / 2);

/** P(A = 1 | no click) = μ N(0 | s, 1/λ_y) / (μ N(0 | s, 1/λ_y) + 1 − μ). */
export function expectedExposure(mu: number, score: number, precision: number): number {
  const seen = mu * densityAtZero(score, precision);
  return seen / (seen + 1 - mu);
}

/**
 * A_ui ~ Bernoulli(μ_i); Y_ui | A_ui = 1 ~ N(p_u · q_i, 1/λ_y), Y_ui = 0 otherwise. EM: clicked pairs were exposed, others with their
 * expected exposure; factors by alternating least squares with those as weights; μ_i = (a + Σ_u A_ui − 1)/(a + b + U − 2).
 * Liang et al., WWW 2016. Costs U · I · dimension² an iteration. An item without clicks ends with a small exposure, from the prior.
 */
export function fitExpoMf(log: InteractionLog, options: Decoded<typeof expoMfOptions>, rng: Rng): ExpoMf {
  if (log.repeated) throw new UsageError('ExpoMF needs one row a pair, but this log has repeated impressions');
  const { dimension: K, iterations, initialExposure, priorExposed: a, priorUnexposed: b } = options;
  const [U, I] = [log.userIds.length, log.itemIds.length];
  const factors = (rows: number, stream: Rng) => Float64Array.from({ length: rows * K }, () => 0.1 * gaussian(stream));
  const [P, Q] = [factors(U, rng.fork('users')), factors(I, rng.fork('items'))];
  const mu = new Float64Array(I).fill(Math.min(0.999, initialExposure));
  const clicked = new Uint8Array(U * I);
  for (let u = 0; u < U; u++)
    for (let row = log.offsets[u]; row < log.offsets[u + 1]; row++) clicked[u * I + log.items[row]] = log.clicks[row];
  const exposed = new Float32Array(U * I);
  for (let iteration = 0; iteration < iterations; iteration++) {
    expect(P, Q, mu, clicked, exposed, options);
    leastSquares(P, Q, (u, i) => u * I + i, clicked, exposed, options);
    leastSquares(Q, P, (i, u) => u * I + i, clicked, exposed, options);
    for (let i = 0; i < I; i++) {
      let sum = 0;
      for (let u = 0; u < U; u++) sum += exposed[u * I + i];
      mu[i] = Math.min(1 - 1e-9, Math.max(1e-9, (a + sum - 1) / (a + b + U - 2)));
    }
  }
  return { dimension: K, userFactors: P, itemFactors: Q, exposure: mu };
}

/** E step: the expected exposure of every pair. */
function expect(
  P: Float64Array,
  Q: Float64Array,
  mu: Float64Array,
  clicked: Uint8Array,
  exposed: Float32Array,
  options: Decoded<typeof expoMfOptions>,
) {
  const { dimension: K, clickPrecision } = options;
  const I = mu.length;
  for (let at = 0; at < clicked.length; at++) {
    if (clicked[at] === 1) {
      exposed[at] = 1;
      continue;
    }
    const [p, q] = [Math.floor(at / I) * K, (at % I) * K];
    let score = 0;
    for (let f = 0; f < K; f++) score += P[p + f] * Q[q + f];
    exposed[at] = expectedExposure(mu[at % I], score, clickPrecision);
  }
}

/** M step of one side: (λ_y Σ_j A v_j v_jᵀ + λ I) x = λ_y Σ_j A y v_j for every row x of `moved`. */
function leastSquares(
  moved: Float64Array,
  fixed: Float64Array,
  place: (row: number, other: number) => number,
  clicked: Uint8Array,
  exposed: Float32Array,
  { dimension: K, priorPrecision, clickPrecision }: Decoded<typeof expoMfOptions>,
): void {
  const matrix = new Float64Array(K * K);
  const others = fixed.length / K;
  for (let row = 0; row * K < moved.length; row++) {
    const vector = moved.subarray(row * K, (row + 1) * K);
    matrix.fill(0);
    vector.fill(0);
    for (let other = 0; other < others; other++) {
      const at = place(row, other);
      const weight = clickPrecision * exposed[at];
      const v = other * K;
      for (let f = 0; f < K; f++) {
        const scaled = weight * fixed[v + f];
        for (let g = 0; g <= f; g++) matrix[f * K + g] += scaled * fixed[v + g];
        if (clicked[at] === 1) vector[f] += scaled;
      }
    }
    for (let f = 0; f < K; f++) matrix[f * K + f] += priorPrecision;
    if (!solveCholesky(matrix, vector, K)) throw new UsageError('ExpoMF: a system is not positive definite; raise priorPrecision');
  }
}
