import { UsageError } from '../errors.ts';
import type { PartlyObserved } from './debiased-metric.ts';
import { rankDocuments } from './rank-labels.ts';

/**
 * Σ_u Σ_{k ≤ K} (ŷ_k/k)(1 + Σ_{l < k} ŷ_l) / Σ_u Σ_i ŷ_i, ŷ_k the label at rank k of user u by score: the average precision of all users,
 * each weighted by what is relevant to them. For labels of 0 and 1 that are known it is Σ_u R_u AP_u / Σ_u R_u, as y_k² = y_k.
 *
 * With labels of `ipsLabels` or `doublyRobustLabels`, numerator and normaliser are unbiased where pairs are observed independently of each
 * other, as E[ŷ_k ŷ_l] = y_k y_l for k ≠ l: the product of both inverse propensities is the inverse of the probability to observe both
 * (Horvitz & Thompson, JASA 1952). The quotient is consistent as users grow in number, not unbiased. The mean of the AP of single users is
 * not to be had: it divides by R_u, of which a user's few labels give no consistent estimate. Its variance is that of products of weights.
 * NaN where the labels sum to 0 or less.
 * @throws UsageError on a NaN score or a length mismatch
 */
export function pooledDebiasedAveragePrecision(
  scores: Float32Array | Float64Array,
  { offsets }: Pick<PartlyObserved, 'offsets'>,
  labels: Float64Array,
  cutoff: number,
): number {
  if (labels.length !== scores.length) throw new UsageError(`expected ${scores.length} labels, one per score, got ${labels.length}`);
  const order = rankDocuments(scores, offsets);
  let [gain, total] = [0, 0];
  for (let u = 0; u + 1 < offsets.length; u++) {
    let above = 0; // Σ_{l < k} ŷ_l
    for (let at = offsets[u]; at < offsets[u + 1]; at++) {
      const label = labels[order[at]];
      const rank = at - offsets[u] + 1;
      if (rank <= cutoff) gain += (label / rank) * (1 + above);
      above += label;
    }
    total += above;
  }
  return total > 0 ? gain / total : Number.NaN;
}
