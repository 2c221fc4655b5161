import type { Bias } from '../../src/bias.ts';
import type { ClickLog } from '../../src/data/click-log.ts';
import type { QuerySet } from '../../src/data/query-set.ts';
import type { Estimate } from '../../src/stats/estimate.ts';
import { biasOf, candidateGain, candidateSpread, type PolicyAware } from './candidates.ts';
import type { Clip } from './clip.ts';
import { regressed } from './relevance-regression.ts';
import type { Spread, WeightingEntry } from './weighting.ts';

/**
 * Gain per session, V̂ = (1/n) Σ_s Σ_d g_d [γ̃_d + (c_sd − β_rank(d) − α_rank(d) γ̃_d) / max(E_π[α_rank(d)], τ)], over all candidates d, π all policies
 * of the log, with c = α = β = 0 where d is not shown and β = 0 under an examination bias. Oosterhuis, TOIS 2023.
 * With α and β by rank right, the correction has mean E_π[α](γ_d − γ̃_d)/max(E α, τ): so unbiased where γ̃ = γ, whatever E α and τ are taken to be,
 * and where E α is right and not clipped, whatever γ̃. Else the bias is Σ_{Eα < τ} g_d (γ̃_d − γ_d)(1 − Eα/τ): a document seen too little falls back
 * on the regression, one never shown rests on it alone. With the log's frequencies for π, γ̃ matters only for those two.
 * Fails where α or β by rank is wrong, as the correction then adds what it should take away.
 * @param regression γ̃ by document row; made without the clicks of the log (or cross-fitted), or the standard error is too small
 */
export const doublyRobustGain = (
  log: ClickLog,
  candidates: Pick<QuerySet, 'offsets'>,
  gains: Float64Array,
  bias: Bias,
  regression: Float64Array,
  options: PolicyAware = {},
): Estimate => candidateGain(log, candidates, gains, bias, { ...options, regression });

export const doublyRobust = {
  description: 'a regression of relevance and an IPS correction of it: right where either is (Oosterhuis 2023)',
  takes: 'either',
  weights: 'signed',
  ...regressed(true),
  spread:
    ({ clip }: { readonly clip: Clip }): Spread =>
    (logged, bias) =>
      candidateSpread(logged, biasOf(bias, logged), { clip, over: 'all-policies' }),
} as const satisfies WeightingEntry;
