import { UsageError } from '../../src/errors.ts';

/** How far an estimate of a loss is from it on average, and how much it varies; mean squared error = bias² + variance. */
export interface LossError {
  readonly bias: number;
  readonly variance: number;
  readonly meanSquaredError: number;
}

/** At one threshold. */
export interface ClippedLossError extends LossError {
  readonly clip: number; //         M; 0: nothing is clipped
  readonly clippedShare: number; // of the pairs: those divided by M, as their exposure is below it
}

/** Pairs go in one by one; the curve is of those so far. */
export interface ClippedLossErrors {
  /**
   * @param relevance γ, and exposure θ, which draw the clicks: P(Y = 1) = γθ
   * @param difference δ1 − δ0, of the loss as if relevant from that as if not
   * @param divisor the exposure that the estimator knows and clips: θ, or an estimate of it
   */
  add(relevance: number, exposure: number, difference: number, divisor: number): void;
  /** One error per threshold, in their order. @throws UsageError before the first pair */
  curve(): ClippedLossError[];
}

/**
 * The error of the clipped loss (1/|D|) Σ [(Y/θ̃) δ1 + (1 − Y/θ̃) δ0], θ̃ = max(θ̂, M), as an estimate of the ideal one, γ in the place of Y/θ̃,
 * at every threshold M, for given predictions and pairs that are seen independently:
 * bias (1/|D|) Σ γ (θ/θ̃ − 1)(δ1 − δ0); variance (1/|D|²) Σ γθ (1 − γθ)/θ̃² (δ1 − δ0)². With the true exposures, θ̂ = θ, the bias is that
 * of the clipped pairs alone, (1/|D|) Σ_{θ < M} γ (θ/M − 1)(δ1 − δ0), and for M ≤ min θ the variance is (1/|D|²) Σ γ (1/θ − γ)(δ1 − δ0)²;
 * at M = 1 it is the naive loss. Saito et al., WSDM 2020. Of observed values (γ = 1, δ1 − δ0 = e) it is the error of (1/|D|) Σ_o e/θ̃.
 * Costs log G a pair, whatever the number G of thresholds: sums are kept between neighbouring ones. Needs the truth: for studies of M.
 * @param clips in [0, ∞), ascending
 * @throws UsageError for others
 */
export function clippedLossErrors(clips: ArrayLike<number>): ClippedLossErrors {
  const G = clips.length;
  for (let g = 0; g < G; g++)
    if (!(clips[g] >= 0 && clips[g] < Infinity && (g === 0 || clips[g] > clips[g - 1])))
      throw new UsageError(`clips must be at least 0 and ascend, got ${clips[g]} as clips[${g}]`);
  let pairs = 0;
  // of the pairs whose θ̂ is at least `bin` thresholds, and below the next one
  const sums = () => new Float64Array(G + 1);
  const [count, drawn, aimed, spread] = [sums(), sums(), sums(), sums()]; //    1; γθ δ; γ δ; γθ(1 − γθ) δ²: what is divided by M
  const [unclippedBias, unclippedSpread] = [sums(), sums()]; //                 γ(θ/θ̂ − 1) δ; γθ(1 − γθ) δ²/θ̂²
  return {
    add(relevance, exposure, difference, divisor) {
      let low = 0; // thresholds that are at most θ̂
      let high = G;
      while (low < high) {
        const middle = (low + high) >> 1;
        if (clips[middle] <= divisor) low = middle + 1;
        else high = middle;
      }
      const click = relevance * exposure;
      const square = click * (1 - click) * difference * difference;
      pairs++;
      count[low]++;
      drawn[low] += click * difference;
      aimed[low] += relevance * difference;
      spread[low] += square;
      unclippedBias[low] += relevance * (exposure / divisor - 1) * difference;
      unclippedSpread[low] += square / (divisor * divisor);
    },
    curve() {
      if (pairs === 0) throw new UsageError('the error of a loss needs at least one pair, got none');
      return Array.from({ length: G }, (_, g) => {
        let [clipped, bias, variance] = [0, 0, 0];
        for (let bin = 0; bin <= G; bin++) {
          if (count[bin] === 0) continue;
          const below = bin <= g; // θ̂ < M
          if (below) clipped += count[bin];
          bias += below ? drawn[bin] / clips[g] - aimed[bin] : unclippedBias[bin];
          variance += below ? spread[bin] / clips[g] ** 2 : unclippedSpread[bin];
        }
        bias /= pairs;
        variance /= pairs ** 2;
        return { clip: clips[g], bias, variance, meanSquaredError: bias * bias + variance, clippedShare: clipped / pairs };
      });
    },
  };
}

/** {@link clippedLossErrors} at one threshold, of pairs given as arrays, the exposure known. @throws UsageError on a length mismatch */
export function clippedLossError(
  relevance: ArrayLike<number>,
  exposure: ArrayLike<number>,
  differences: ArrayLike<number>,
  clip: number,
): ClippedLossError {
  const pairs = relevance.length;
  if (exposure.length !== pairs || differences.length !== pairs)
    throw new UsageError(
      `expected ${pairs} exposures and differences, one per relevance, got ${exposure.length} and ${differences.length}`,
    );
  const errors = clippedLossErrors([clip]);
  for (let d = 0; d < pairs; d++) errors.add(relevance[d], exposure[d], differences[d], exposure[d]);
  return errors.curve()[0];
}

/** The place of the least mean squared error; of equal ones the first, which clips least. */
export function leastError(curve: readonly LossError[]): number {
  return curve.reduce((least, { meanSquaredError }, g) => (meanSquaredError < curve[least].meanSquaredError ? g : least), 0);
}
