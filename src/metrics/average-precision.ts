import { countRelevant } from './count-relevant.ts';
import { type MetricOptions, perQuery, relevanceThreshold } from './metric-options.ts';
import { groupEnd } from './ties.ts';

/**
 * (1/R) Σ over relevant documents at rank ≤ k of the precision at their rank, R = all relevant documents of the query, also with a cutoff
 * (trec_eval's map_cut). In [0, 1]. Among ties the exact expectation of McSherry & Najork, ECIR 2008. One value per query, length Q.
 * @throws UsageError as {@link perQuery}, and on a threshold of 0 or less
 */
export function averagePrecision(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const threshold = relevanceThreshold(options);
  return perQuery(ranked, offsets, options, threshold, (start, end, last) => {
    let found = 0;
    let sum = 0;
    for (let first = start; first < last; ) {
      const next = groupEnd(options.ties, first);
      const size = next - first;
      const relevant = countRelevant(ranked, first, next, threshold);
      const others = size === 1 ? 0 : (relevant - 1) / (size - 1); // relevant ones among those beside a relevant one, in expectation
      if (relevant > 0)
        for (let i = first; i < Math.min(next, last); i++)
          sum += ((relevant / size) * (found + 1 + (i - first) * others)) / (i - start + 1);
      found += relevant;
      first = next;
    }
    return sum / countRelevant(ranked, start, end, threshold);
  });
}
