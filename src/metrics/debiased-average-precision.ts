import { UsageError } from '../errors.ts';
import type { PartlyObserved } from './debiased-metric.ts';
import { rankLabels } from './rank-labels.ts';

/**
 * Σ_u Σ_{k ≤ K} (ŷ_k/k)(1 + Σ_{l < k} ŷ_l) / Σ_u Σ_i ŷ_i, ŷ_k the label at rank k of user u by score: the average precision of all users,
 * each weighted by what is relevant to them. For labels of 0 and 1 that are known it is Σ_u R_u AP_u / Σ_u R_u, as y_k² = y_k. Over random order
 * among equal scores: the pairs of a tie, too, are products of two different labels.
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
  const { ranked, ties } = rankLabels(scores, labels, offsets);
  let [gain, total] = [0, 0];
  for (let u = 0; u + 1 < offsets.length; u++) {
    let above = 0; // Σ_{l < k} ŷ_l
    for (let first = offsets[u]; first < offsets[u + 1]; ) {
      const next = ties[first];
      const { sum, pairs } = meansOf(ranked, first, next);
      const last = Math.min(next, offsets[u] + cutoff);
      for (let at = first; at < last; at++) {
        const rank = at - offsets[u] + 1;
        gain += (sum / (next - first) / rank) * (1 + above) + ((at - first) * pairs) / rank;
      }
      above += sum;
      first = next;
    }
    total += above;
  }
  return total > 0 ? gain / total : Number.NaN;
}

/** Σ ŷ of places that tie, and the mean of ŷ_k ŷ_l over k ≠ l; 0 for one place. */
function meansOf(labels: Float64Array, first: number, next: number) {
  let [sum, pairs] = [0, 0]; // pairs: Σ_{k < l} ŷ_k ŷ_l
  for (let i = first; i < next; i++) {
    pairs += labels[i] * sum;
    sum += labels[i];
  }
  const size = next - first;
  return { sum, pairs: size === 1 ? 0 : (2 * pairs) / (size * (size - 1)) };
}
