import { emptyScore, type MetricOptions, perQuery, relevanceThreshold } from './metric-options.ts';
import { overOrders } from './over-orders.ts';

/**
 * Share of the pairs of a relevant and another document among the first k that stand in the right order: the probability that a relevant
 * document comes first; 1 where all are relevant. In [0, 1]. ir_measures' Accuracy, which leaves queries out for which nothing relevant was
 * retrieved; here `emptyQueries` says what they score. One value per query, length Q.
 * @throws UsageError as {@link perQuery}, and on a threshold of 0 or less
 */
export const accuracy = overOrders((ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}) => {
  const threshold = relevanceThreshold(options);
  return perQuery(ranked, offsets, options, threshold, (start, _end, last) => {
    let others = 0;
    let found = 0;
    let wrong = 0;
    for (let i = start; i < last; i++) {
      if (ranked[i] >= threshold) {
        found++;
        wrong += others;
      } else others++;
    }
    if (found === 0) return emptyScore(options);
    return others === 0 ? 1 : 1 - wrong / (found * others);
  });
});
