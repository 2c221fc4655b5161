import { ANY_LABEL, type MetricOptions, perQuery, relevanceThreshold } from './metric-options.ts';
import { meanWithinTies } from './ties.ts';

/** y of an irrelevant item: the code of Saito et al., WSDM 2020, takes 0.001 + 0.999 y for a relevance y of 0 or 1. */
export const irrelevantCounts = 0.001;

/**
 * Σ_{rank ≤ k} y / Σ y, y = 1 if relevant (label ≥ threshold), else 0.001. What the code of Saito et al., WSDM 2020, calls recall; for
 * comparison with published numbers only. The usual one is `recall`. A query of n documents of which none is relevant scores min(k, n)/n,
 * as it does there, where empty queries are to score 0; `skip` and `one` do as they say. In [0, 1]. One value per query, length Q.
 * @throws UsageError as {@link perQuery}, and on a threshold of 0 or less
 */
export function saitoRecall(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const threshold = relevanceThreshold(options);
  const relevance = Float64Array.from(ranked, (label) => (label >= threshold ? 1 : irrelevantCounts));
  const gains = meanWithinTies(relevance, options.ties);
  const from = (options.emptyQueries ?? 'zero') === 'zero' ? ANY_LABEL : threshold;
  return perQuery(ranked, offsets, options, from, (start, end, last) => {
    let [found, all] = [0, 0];
    for (let i = start; i < end; i++) {
      all += relevance[i];
      if (i < last) found += gains[i];
    }
    return found / all;
  });
}
