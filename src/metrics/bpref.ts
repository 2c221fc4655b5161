import { countRelevant } from './count-relevant.ts';
import { type MetricOptions, perQuery, relevanceThreshold } from './metric-options.ts';
import { overOrders } from './over-orders.ts';

/**
 * Binary preference: (1/R) Σ over retrieved relevant documents of 1 − min(n, R)/min(N, R), n = judged non-relevant documents above it,
 * R and N = all judged relevant and non-relevant documents. Unjudged documents (label below 0) do not count. In [0, 1].
 * Buckley & Voorhees, SIGIR 2004, as trec_eval computes it. One value per query, length Q.
 * @throws UsageError as {@link perQuery}, and on a threshold of 0 or less
 */
export const bpref = overOrders((ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}) => {
  const threshold = relevanceThreshold(options);
  return perQuery(ranked, offsets, options, threshold, (start, end, last) => {
    const relevant = countRelevant(ranked, start, end, threshold);
    const others = countRelevant(ranked, start, end, 0) - relevant;
    let above = 0;
    let sum = 0;
    for (let i = start; i < last; i++) {
      if (ranked[i] >= threshold) sum += above === 0 ? 1 : 1 - Math.min(above, relevant) / Math.min(others, relevant);
      else if (ranked[i] >= 0) above++;
    }
    return sum / relevant;
  });
});
