import { type MetricOptions, perQuery, SMALLEST_GRADE } from './metric-options.ts';
import { expectedWorth } from './ties.ts';

/**
 * y₁ + Σ_{2 ≤ rank ≤ k} y/log2(rank): ranks 1 and 2 both weigh 1, gains are linear. What the code of Saito et al., WSDM 2020, calls DCG; for
 * comparison with published numbers only. The usual one is `dcg`. One value per query, length Q.
 * @throws UsageError as {@link perQuery}
 */
export function saitoDcg(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const gains = expectedWorth(ranked, (label) => Math.max(label, 0), options.ties);
  return perQuery(gains, offsets, options, SMALLEST_GRADE, (start, _end, last) => {
    let sum = 0;
    for (let i = start; i < last; i++) sum += gains[i] / Math.log2(Math.max(2, i - start + 1));
    return sum;
  });
}
