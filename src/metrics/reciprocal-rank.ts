import { type MetricOptions, perQuery, relevanceThreshold } from './metric-options.ts';

/**
 * 1/rank of the first relevant document (label ≥ threshold) down to the cutoff, 0 where there is none. In [0, 1]. One value per query, length Q.
 * @throws UsageError as {@link perQuery}, and on a threshold of 0 or less
 */
export function reciprocalRank(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const threshold = relevanceThreshold(options);
  return perQuery(ranked, offsets, options, threshold, (start, _end, last) => {
    for (let i = start; i < last; i++) if (ranked[i] >= threshold) return 1 / (i - start + 1);
    return 0;
  });
}
