import { UsageError } from '../errors.ts';

/**
 * Σ_{i ≠ j} ŷ_i (1 − ŷ_j) [s_i > s_j] / Σ_{i ≠ j} ŷ_i (1 − ŷ_j), ties counted by half: the area under the ROC curve over all pairs of all
 * users at once, as the metric `auc` is. For labels of 0 and 1 that are known it is that metric.
 *
 * With labels of `ipsLabels` or `doublyRobustLabels`, numerator and normaliser are unbiased where pairs are observed independently of each
 * other: E[ŷ_i (1 − ŷ_j)] = y_i (1 − y_j) for i ≠ j, as in the unbiased pairwise loss of Saito, ICTIR 2020. A pair with itself, whose
 * expectation is not 0, is left out. The quotient is consistent, not unbiased, and may leave [0, 1]. NaN where the normaliser is 0 or less.
 * @throws UsageError on a NaN score or a length mismatch
 */
export function debiasedAuc(scores: Float32Array | Float64Array, labels: Float64Array): number {
  if (labels.length !== scores.length) throw new UsageError(`expected ${scores.length} labels, one per score, got ${labels.length}`);
  const bad = scores.findIndex((score) => Number.isNaN(score));
  if (bad >= 0) throw new UsageError(`scores[${bad}] is NaN, which has no rank; did training diverge?`);
  const order = Uint32Array.from(scores, (_, i) => i).sort((i, j) => scores[i] - scores[j]);
  let [wins, positive, below] = [0, 0, 0]; // below: Σ (1 − ŷ) of lower scores
  let self = 0; //                            Σ ŷ (1 − ŷ)
  for (let start = 0; start < order.length; ) {
    let end = start;
    let [tiedPositive, tiedNegative, tiedSelf] = [0, 0, 0];
    for (; end < order.length && scores[order[end]] === scores[order[start]]; end++) {
      const label = labels[order[end]];
      tiedPositive += label;
      tiedNegative += 1 - label;
      tiedSelf += label * (1 - label);
    }
    wins += tiedPositive * below + (tiedPositive * tiedNegative - tiedSelf) / 2;
    positive += tiedPositive;
    below += tiedNegative;
    self += tiedSelf;
    start = end;
  }
  const pairs = positive * below - self;
  return pairs > 0 ? wins / pairs : Number.NaN;
}
