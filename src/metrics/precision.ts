import { type MetricOptions, perQuery, relevanceThreshold } from './metric-options.ts';
import { expectedOfCount } from './ties.ts';

/**
 * Share of the first k places that hold a relevant document (label ≥ threshold). In [0, 1]. A query with fewer than k documents is
 * still divided by k (as trec_eval does); without a cutoff, by its number of documents retrieved (0 where there are none). One value per query, length Q.
 * @throws UsageError as {@link perQuery}, and on a threshold of 0 or less
 */
export function precision(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const threshold = relevanceThreshold(options);
  const { cutoff = Infinity } = options;
  return perQuery(ranked, offsets, options, threshold, (start, _end, last) => {
    const ranks = cutoff === Infinity ? last - start : cutoff;
    return ranks === 0 ? 0 : expectedOfCount(ranked, start, last, threshold, options.ties, (found) => found / ranks);
  });
}
