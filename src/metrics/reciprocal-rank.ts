import { countRelevant } from './count-relevant.ts';
import { type MetricOptions, perQuery, relevanceThreshold } from './metric-options.ts';
import { groupEnd } from './ties.ts';

/**
 * 1/rank of the first relevant document (label ≥ threshold) down to the cutoff, 0 where there is none. In [0, 1]. Among ties the exact
 * expectation of McSherry & Najork, ECIR 2008. One value per query, length Q.
 * @throws UsageError as {@link perQuery}, and on a threshold of 0 or less
 */
export function reciprocalRank(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const threshold = relevanceThreshold(options);
  return perQuery(ranked, offsets, options, threshold, (start, _end, last) => {
    let [first, end, relevant] = [start, start, 0]; // of the first group with a relevant document
    while (relevant === 0 && end < last) {
      [first, end] = [end, groupEnd(options.ties, end)];
      relevant = countRelevant(ranked, first, end, threshold);
    }
    if (relevant === 0) return 0;
    let stillLooking = 1; // C(size − places seen, relevant)/C(size, relevant)
    let sum = 0;
    for (let i = first; i < Math.min(end, last) && stillLooking > 0; i++) {
      const found = relevant / (end - i);
      sum += (stillLooking * found) / (i - start + 1);
      stillLooking *= 1 - found;
    }
    return sum;
  });
}
