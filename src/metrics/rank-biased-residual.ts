import { ANY_LABEL, type MetricOptions, perQuery } from './metric-options.ts';
import { checkPersistence } from './rank-biased-precision.ts';
import { expectedWorth } from './ties.ts';

/**
 * How much more rank-biased precision could be, were all that is not known relevant: (1 − p) Σ_{unjudged} p^(rank − 1) + p^n, unjudged
 * labels being below 0 and n the ranks looked at. In [0, 1]; the true value lies in [RBP, RBP + residual]. Moffat & Zobel 2008.
 * (trec_eval's rbp_resid leaves p^n out where every document is judged.) One value per query, length Q.
 * @throws UsageError as {@link perQuery}, and on a persistence outside (0, 1)
 */
export function rankBiasedResidual(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const persistence = checkPersistence(options);
  const unknown = expectedWorth(ranked, (label) => Number(label < 0), options.ties);
  return perQuery(ranked, offsets, options, ANY_LABEL, (start, _end, last) => {
    let unjudged = 0;
    let weight = 1;
    for (let i = start; i < last; i++, weight *= persistence) unjudged += weight * unknown[i];
    return (1 - persistence) * unjudged + weight;
  });
}
