import { countRelevant } from './count-relevant.ts';
import { type MetricOptions, perQuery, relevanceThreshold } from './metric-options.ts';

/**
 * 1 where a relevant document (label ≥ threshold) is among the first k, else 0; some call it recall@k or hit rate.
 * One value per query, length Q. @throws UsageError as {@link perQuery}, and on a threshold of 0 or less
 */
export function success(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const threshold = relevanceThreshold(options);
  return perQuery(ranked, offsets, options, threshold, (start, _end, last) => Math.min(1, countRelevant(ranked, start, last, threshold)));
}
