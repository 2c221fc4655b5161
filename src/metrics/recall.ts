import { countRelevant } from './count-relevant.ts';
import { type MetricOptions, perQuery, relevanceThreshold } from './metric-options.ts';
import { expectedOfCount } from './ties.ts';

/**
 * Share of the query's relevant documents (label ≥ threshold) that are among the first k. In [0, 1]. One value per query, length Q.
 * @throws UsageError as {@link perQuery}, and on a threshold of 0 or less
 */
export function recall(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const threshold = relevanceThreshold(options);
  return perQuery(ranked, offsets, options, threshold, (start, end, last) => {
    const relevant = countRelevant(ranked, start, end, threshold);
    return expectedOfCount(ranked, start, last, threshold, options.ties, (found) => found / relevant);
  });
}
