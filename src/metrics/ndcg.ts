import { discountedGain, discounting } from './dcg.ts';
import { idealOrder } from './ideal-order.ts';
import { type MetricOptions, perQuery, SMALLEST_GRADE } from './metric-options.ts';

/**
 * DCG@k over the DCG@k of the ideal order of all the query's judged documents, in [0, 1]. Järvelin & Kekäläinen 2002.
 * One value per query, length Q; a query without a label above 0 has no ideal: see `emptyQueries`.
 * @throws UsageError as {@link perQuery}, and on an unknown gain or a base that is not above 1
 */
export function ndcg(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const { gains, expected, base } = discounting(ranked, options);
  const { cutoff = Infinity } = options;
  return perQuery(gains, offsets, options, SMALLEST_GRADE, (start, end, last) => {
    const ideal = idealOrder(gains, start, end);
    return discountedGain(expected, start, last, base) / discountedGain(ideal, 0, Math.min(ideal.length, cutoff), base);
  });
}
