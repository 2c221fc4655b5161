import { countRelevant } from './count-relevant.ts';
import { type MetricOptions, perQuery, relevanceThreshold } from './metric-options.ts';
import { irrelevantCounts } from './saito-recall.ts';
import { groupEnd } from './ties.ts';

/**
 * Σ over relevant documents at rank r ≤ k of (1/r) Σ_{j ≤ r} y_j, y = 1 if relevant (label ≥ threshold), else 0.001: precision summed, not
 * divided by the number of relevant documents. What the code of Saito et al., WSDM 2020, calls MAP; for comparison with published numbers
 * only. The usual one is `average-precision`. In [0, ∞). Among ties the expectation, as there. One value per query, length Q.
 * @throws UsageError as {@link perQuery}, and on a threshold of 0 or less
 */
export function saitoAveragePrecision(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const threshold = relevanceThreshold(options);
  return perQuery(ranked, offsets, options, threshold, (start, _end, last) => {
    let found = 0; // Σ y of the groups before
    let sum = 0;
    for (let first = start; first < last; ) {
      const next = groupEnd(options.ties, first);
      const size = next - first;
      const relevant = countRelevant(ranked, first, next, threshold);
      const others = size === 1 ? 0 : (relevant - 1) / (size - 1); // relevant ones among those beside a relevant one, in expectation
      const beside = others + (1 - others) * irrelevantCounts;
      if (relevant > 0)
        for (let i = first; i < Math.min(next, last); i++)
          sum += ((relevant / size) * (found + 1 + (i - first) * beside)) / (i - start + 1);
      found += relevant + (size - relevant) * irrelevantCounts;
      first = next;
    }
    return sum;
  });
}
