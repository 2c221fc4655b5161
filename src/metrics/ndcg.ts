import { discountedGain, gainOf } from './dcg.ts';
import { type MetricOptions, perQuery, SMALLEST_GRADE } from './metric-options.ts';

/**
 * DCG@k over the DCG@k of the ideal order of all the query's judged documents, in [0, 1]. Järvelin & Kekäläinen 2002.
 * One value per query, length Q; a query without a label above 0 has no ideal: see `emptyQueries`.
 * @throws UsageError as {@link perQuery}, and on an unknown gain
 */
export function ndcg(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const gain = gainOf(ranked, options);
  return perQuery(ranked, offsets, options, SMALLEST_GRADE, (start, end, last) => {
    const ideal = ranked.slice(start, end).sort().reverse();
    return discountedGain(ranked, start, last, gain) / discountedGain(ideal, 0, last - start, gain);
  });
}
