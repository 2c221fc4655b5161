import { countRelevant } from './count-relevant.ts';
import { type MetricOptions, perQuery, relevanceThreshold } from './metric-options.ts';

/**
 * Precision, and recall, at rank R, R = the query's relevant documents (label ≥ threshold); a cutoff limits the ranks looked at further.
 * In [0, 1]. One value per query, length Q. @throws UsageError as {@link perQuery}, and on a threshold of 0 or less
 */
export function rPrecision(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const threshold = relevanceThreshold(options);
  return perQuery(ranked, offsets, options, threshold, (start, end, last) => {
    const relevant = countRelevant(ranked, start, end, threshold);
    return countRelevant(ranked, start, Math.min(last, start + relevant), threshold) / relevant;
  });
}
