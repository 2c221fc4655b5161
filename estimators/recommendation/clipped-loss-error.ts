import { UsageError } from '../../src/errors.ts';

/** How far an estimate of a loss is from it on average, and how much it varies; mean squared error = bias² + variance. */
export interface LossError {
  readonly bias: number;
  readonly variance: number;
  readonly meanSquaredError: number;
}

/**
 * Of the clipped unbiased loss, θ → max(θ, M), for given true relevances γ, exposures θ and loss differences δ1 − δ0 of all pairs:
 * bias (1/|D|) Σ_{θ < M} γ (θ/M − 1)(δ1 − δ0); variance (1/|D|²) Σ γθ (1 − γθ)/max(θ, M)² (δ1 − δ0)², which for M ≤ min θ is
 * (1/|D|²) Σ γ (1/θ − γ)(δ1 − δ0)². Pairs are independent. Needs the truth: for studies of M, not for learning.
 * @throws UsageError on a length mismatch
 */
export function clippedLossError(
  relevance: ArrayLike<number>,
  exposure: ArrayLike<number>,
  differences: ArrayLike<number>,
  clip: number,
): LossError {
  const pairs = relevance.length;
  if (exposure.length !== pairs || differences.length !== pairs)
    throw new UsageError(
      `expected ${pairs} exposures and differences, one per relevance, got ${exposure.length} and ${differences.length}`,
    );
  let bias = 0;
  let variance = 0;
  for (let d = 0; d < pairs; d++) {
    const [gamma, theta] = [relevance[d], exposure[d]];
    const divisor = Math.max(theta, clip);
    bias += (gamma * (theta / divisor - 1) * differences[d]) / pairs;
    variance += (((gamma * theta * (1 - gamma * theta)) / divisor ** 2) * differences[d] ** 2) / pairs ** 2;
  }
  return { bias, variance, meanSquaredError: bias * bias + variance };
}
