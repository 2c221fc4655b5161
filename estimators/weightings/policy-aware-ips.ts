import type { Bias } from '../../src/bias.ts';
import type { ClickLog } from '../../src/data/click-log.ts';
import type { QuerySet } from '../../src/data/query-set.ts';
import { type Decoded, optional, strictObject } from '../../src/schema.ts';
import type { Estimate } from '../../src/stats/estimate.ts';
import { candidateGain, candidateSpread, type Expectations, onCandidates } from './candidates.ts';
import { clipOption } from './clip.ts';
import type { Weighting, WeightingEntry } from './weighting.ts';

/** What gains over candidates take beside a bias. */
export interface PolicyAware {
  readonly clip?: number; //         τ in [0, 1]; 0 by default
  readonly policy?: Expectations; // of each logging policy of the log, where known; else the log's frequencies
}

/**
 * Gain per session, V̂ = (1/n) Σ_s Σ_d g_d c_sd / max(E_π[θ_rank(d)], τ), over all candidates d of the query, π the policy that drew the list and
 * θ 0 where d is not shown. Oosterhuis & de Rijke, SIGIR 2020. As E[c_d] = γ_d E_π[θ_rank(d)], it is unbiased for Σ_d γ_d g_d under position bias and
 * a cutoff, if π shows every document that has a gain at some time; IPS has the mean γ_d P(d is shown). With the log's own frequencies for π it is
 * Σ c / Σ θ_rank by document, unbiased given that d was shown; what the log never shows counts 0, and no estimator is unbiased for that.
 * Fails under trust bias. Clipping biases it by Σ_{Eθ < τ} γ_d g_d (E θ/τ − 1).
 * @param gains by document row
 */
export const policyAwareIpsGain = (
  log: ClickLog,
  candidates: Pick<QuerySet, 'offsets'>,
  gains: Float64Array,
  bias: Exclude<Bias, { kind: 'affine' }>,
  options: PolicyAware = {},
): Estimate => candidateGain(log, candidates, gains, bias, { ...options, over: 'own-policy' });

const options = strictObject({ clip: optional(clipOption, 0) });

export const policyAwareIps = {
  description: 'IPS over all candidates of a query by how often the logging policy has them examined (Oosterhuis & de Rijke 2020)',
  takes: 'examination',
  options,
  create:
    ({ clip }: Decoded<typeof options>): Weighting =>
    (input, bias) =>
      onCandidates(input, (logged) => bias.of(logged), { clip, over: 'own-policy' }),
  spread:
    ({ clip }: Decoded<typeof options>) =>
    (logged, bias) =>
      candidateSpread(logged, bias.of(logged), { clip, over: 'own-policy' }),
} as const satisfies WeightingEntry;
