import { countRelevant } from './count-relevant.ts';
import { type MetricOptions, perQuery, relevanceThreshold } from './metric-options.ts';
import { overOrders } from './over-orders.ts';

/**
 * (1/R) Σ over retrieved relevant documents of 1/log2(2 + n), n = the others above it, R = all relevant documents of the query. In [0, 1].
 * trec_eval's binG, `normalisedGain` of grades 0 and 1. One value per query, length Q.
 * @throws UsageError as {@link perQuery}, and on a threshold of 0 or less
 */
export const binaryGain = overOrders((ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}) => {
  const threshold = relevanceThreshold(options);
  return perQuery(ranked, offsets, options, threshold, (start, end, last) => {
    let others = 0;
    let sum = 0;
    for (let i = start; i < last; i++) {
      if (ranked[i] >= threshold) sum += 1 / Math.log2(2 + others);
      else others++;
    }
    return sum / countRelevant(ranked, start, end, threshold);
  });
});
