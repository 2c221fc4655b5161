import { type MetricOptions, perQuery, relevanceThreshold } from './metric-options.ts';
import { expectedOfCount } from './ties.ts';

/**
 * 1 where a relevant document (label ≥ threshold) is among the first k, else 0; some call it recall@k or hit rate.
 * One value per query, length Q. @throws UsageError as {@link perQuery}, and on a threshold of 0 or less
 */
export function success(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const threshold = relevanceThreshold(options);
  return perQuery(ranked, offsets, options, threshold, (start, _end, last) =>
    expectedOfCount(ranked, start, last, threshold, options.ties, (found) => Math.min(1, found)),
  );
}
