import { countRelevant } from './count-relevant.ts';
import { type MetricOptions, perQuery, relevanceThreshold } from './metric-options.ts';
import { expectedOfCount } from './ties.ts';

/**
 * Relevant documents (label ≥ threshold) among the first k, over the most that k places could hold, min(k, R); without a cutoff k is the
 * number retrieved, and 0 where that is 0. In [0, 1]. trec_eval's relative_P and set_relative_P. One value per query, length Q.
 * @throws UsageError as {@link perQuery}, and on a threshold of 0 or less
 */
export function relativePrecision(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const threshold = relevanceThreshold(options);
  const { cutoff = Infinity } = options;
  return perQuery(ranked, offsets, options, threshold, (start, end, last) => {
    if (last === start) return 0;
    const places = cutoff === Infinity ? last - start : cutoff;
    const most = Math.min(places, countRelevant(ranked, start, end, threshold));
    return expectedOfCount(ranked, start, last, threshold, options.ties, (found) => found / most);
  });
}
