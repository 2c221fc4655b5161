import { idealOrder } from './ideal-order.ts';
import { type MetricOptions, perQuery, SMALLEST_GRADE } from './metric-options.ts';
import { overOrders } from './over-orders.ts';

/**
 * (1/Σ all grades) Σ over retrieved documents of grade/log2(2 + cost − found): found = the grades down to the document's rank, cost = what
 * the ideal order would have at that rank, each place counting at least 1. A document costs nothing where it comes as early as it could.
 * In [0, 1]. trec_eval's G. One value per query, length Q. @throws UsageError as {@link perQuery}
 */
export const normalisedGain = overOrders((ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}) => {
  return perQuery(ranked, offsets, options, SMALLEST_GRADE, (start, end, last) => {
    const ideal = idealOrder(ranked, start, end);
    let found = 0;
    let cost = 0;
    let sum = 0;
    for (let i = start; i < last; i++) {
      const best = i - start < ideal.length ? ideal[i - start] : 0;
      cost += Math.max(best, 1);
      if (!(ranked[i] > 0)) continue;
      found += ranked[i];
      sum += ranked[i] / Math.log2(2 + cost - found);
    }
    return sum / ideal.reduce((total, grade) => total + grade, 0);
  });
});
