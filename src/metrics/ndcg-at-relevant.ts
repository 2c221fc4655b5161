import { discountedGain, discounting } from './dcg.ts';
import { idealOrder } from './ideal-order.ts';
import { type MetricOptions, perQuery, SMALLEST_GRADE } from './metric-options.ts';
import { overOrders } from './over-orders.ts';

/**
 * Mean over the R documents of a grade above 0 of DCG over ideal DCG at the rank of each; those that were not retrieved count with DCG of
 * all that was over the ideal DCG of all R. In [0, 1]. trec_eval's ndcg_rel (linear gain). One value per query, length Q.
 * @throws UsageError as {@link perQuery}, and on an unknown gain or a base that is not above 1
 */
export const ndcgAtRelevant = overOrders((ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}) => {
  const { gains, base } = discounting(ranked, options);
  return perQuery(gains, offsets, options, SMALLEST_GRADE, (start, end, last) => {
    const ideal = idealOrder(gains, start, end);
    let actual = 0;
    let best = 0;
    let found = 0;
    let sum = 0;
    for (let i = start; i < last; i++) {
      const discount = Math.log2(i - start + base);
      if (i - start < ideal.length) best += ideal[i - start] / discount;
      if (!(gains[i] > 0)) continue;
      found++;
      actual += gains[i] / discount;
      sum += actual / best;
    }
    const missed = ideal.length - found;
    if (missed > 0) sum += (missed * discountedGain(gains, start, last, base)) / discountedGain(ideal, 0, ideal.length, base);
    return sum / ideal.length;
  });
});
