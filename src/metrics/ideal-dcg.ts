import { discountedGain, discounting } from './dcg.ts';
import { idealOrder } from './ideal-order.ts';
import { type MetricOptions, perQuery, SMALLEST_GRADE } from './metric-options.ts';

/**
 * DCG@k of the ideal order of all the query's judged documents: what `ndcg` divides by. In [0, ∞). One value per query, length Q.
 * @throws UsageError as {@link perQuery}, and on an unknown gain or a base that is not above 1
 */
export function idealDcg(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const { gains, base } = discounting(ranked, options);
  const { cutoff = Infinity } = options;
  return perQuery(gains, offsets, options, SMALLEST_GRADE, (start, end) => {
    const ideal = idealOrder(gains, start, end);
    return discountedGain(ideal, 0, Math.min(ideal.length, cutoff), base);
  });
}
