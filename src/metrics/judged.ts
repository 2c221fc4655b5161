import { NOT_POOLED } from './inferred-average-precision.ts';
import { ANY_LABEL, type MetricOptions, perQuery } from './metric-options.ts';

/**
 * Share of the first k documents retrieved, or of all where fewer were, that the judgments name; a grade below 0 counts as named, as in
 * ir_measures. In [0, 1], 0 where nothing was retrieved; not a matter of relevant documents, so `emptyQueries` only concerns queries
 * without documents. One value per query, length Q. @throws UsageError as {@link perQuery}
 */
export function judged(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  return perQuery(ranked, offsets, options, ANY_LABEL, (start, _end, last) => {
    if (last === start) return 0;
    let named = 0;
    for (let i = start; i < last; i++) if (ranked[i] !== NOT_POOLED) named++;
    return named / (last - start);
  });
}
