import { NOT_POOLED } from './inferred-average-precision.ts';
import { ANY_LABEL, type MetricOptions, perQuery } from './metric-options.ts';
import { expectedWorth } from './ties.ts';

/**
 * Share of the first k documents retrieved, or of all where fewer were, that the judgments name; a grade below 0 counts as named, as in
 * ir_measures. In [0, 1], 0 where nothing was retrieved; not a matter of relevant documents, so `emptyQueries` only concerns queries
 * without documents. One value per query, length Q. @throws UsageError as {@link perQuery}
 */
export function judged(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const named = expectedWorth(ranked, (label) => Number(label !== NOT_POOLED), options.ties);
  return perQuery(ranked, offsets, options, ANY_LABEL, (start, _end, last) => {
    let sum = 0;
    for (let i = start; i < last; i++) sum += named[i];
    return sum / Math.max(1, last - start);
  });
}
