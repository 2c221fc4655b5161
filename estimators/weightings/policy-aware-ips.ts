import type { Bias } from '../../src/bias.ts';
import { gainOver, type PolicyAware, weighedOver } from './candidates.ts';
import type { WeightingEntry } from './weighting.ts';

/**
 * Gain per session, V̂ = (1/n) Σ_s Σ_d g_d c_sd / max(E_π[θ_rank(d)], τ), over all candidates d of the query, π the policy that drew the list and
 * θ 0 where d is not shown. Oosterhuis & de Rijke, SIGIR 2020. As E[c_d] = γ_d E_π[θ_rank(d)], it is unbiased for Σ_d γ_d g_d under position bias and
 * a cutoff, if π shows every document that has a gain at some time; IPS has the mean γ_d P(d is shown). With the log's own frequencies for π it is
 * Σ c / Σ θ_rank by document, unbiased given that d was shown; what the log never shows counts 0, and no estimator is unbiased for that.
 * Fails under trust bias. Clipping biases it by Σ_{Eθ < τ} γ_d g_d (E θ/τ − 1).
 * @param gains by document row
 */
export const policyAwareIpsGain = gainOver<Exclude<Bias, { kind: 'affine' }>, PolicyAware>('own-policy');

export const policyAwareIps = {
  description: 'IPS over all candidates of a query by how often the logging policy has them examined (Oosterhuis & de Rijke 2020)',
  takes: 'examination',
  ...weighedOver('own-policy', (bias, logged) => bias.of(logged)),
} as const satisfies WeightingEntry;
