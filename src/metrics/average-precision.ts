import { countRelevant } from './count-relevant.ts';
import { type MetricOptions, perQuery, relevanceThreshold } from './metric-options.ts';

/**
 * (1/R) Σ over relevant documents at rank ≤ k of the precision at their rank, R = all relevant documents of the query, also with a cutoff
 * (trec_eval's map_cut). In [0, 1]. One value per query, length Q.
 * @throws UsageError as {@link perQuery}, and on a threshold of 0 or less
 */
export function averagePrecision(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const threshold = relevanceThreshold(options);
  return perQuery(ranked, offsets, options, threshold, (start, end, last) => {
    let found = 0;
    let sum = 0;
    for (let i = start; i < last; i++) if (ranked[i] >= threshold) sum += ++found / (i - start + 1);
    return sum / countRelevant(ranked, start, end, threshold);
  });
}
