import type { ClickLog } from '../../src/data/click-log.ts';
import type { QuerySet } from '../../src/data/query-set.ts';
import { UsageError } from '../../src/errors.ts';
import { type Decoded, optional, strictObject } from '../../src/schema.ts';
import type { Estimate } from '../../src/stats/estimate.ts';
import type { AffineBias, EstimatedBias } from '../bias/bias-estimator.ts';
import { needsAffine } from './affine.ts';
import { type CandidateGainOptions, candidateGain, candidateSpread, onCandidates } from './candidates.ts';
import { clipOption } from './clip.ts';
import type { PolicyAware } from './policy-aware-ips.ts';
import type { Weighting, WeightingEntry } from './weighting.ts';

/**
 * Gain per session, V̂ = (1/n) Σ_s Σ_d g_d (c_sd − β_rank(d)) / max(E_π[α_rank(d)], τ), over all candidates d, with α = β = 0 where d is not shown.
 * Vardasbi et al., CIKM 2020; Oosterhuis & de Rijke, WSDM 2021. Unbiased under trust bias and a cutoff, if π shows every document that has a gain.
 * `subtract: expected` has E_π[β] for β_rank, as printed there: also unbiased, with more variance. With the log's frequencies for π both have the
 * same value, Σ (c − β_rank) / Σ α_rank. Fails as {@link policyAwareIpsGain} does, trust bias apart.
 */
export const policyAwareAffineGain = (
  log: ClickLog,
  candidates: Pick<QuerySet, 'offsets'>,
  gains: Float64Array,
  bias: AffineBias,
  options: PolicyAware & Pick<CandidateGainOptions, 'subtract'> = {},
): Estimate => candidateGain(log, candidates, gains, bias, { ...options, over: 'own-policy' });

function affineOf({ affine }: EstimatedBias): AffineBias {
  if (affine === undefined) throw new UsageError(needsAffine('policy-aware-affine', 'policy-aware-ips'));
  return affine;
}

const options = strictObject({ clip: optional(clipOption, 0) });

export const policyAwareAffine = {
  description: 'affine correction over all candidates by the expected α of the logging policy (Oosterhuis & de Rijke 2021)',
  takes: 'affine',
  options,
  create:
    ({ clip }: Decoded<typeof options>): Weighting =>
    (input, bias) => {
      const affine = affineOf(bias);
      return onCandidates(input, () => affine, { clip, over: 'own-policy' });
    },
  spread:
    ({ clip }: Decoded<typeof options>) =>
    (logged, bias) =>
      candidateSpread(logged, affineOf(bias), { clip, over: 'own-policy' }),
} as const satisfies WeightingEntry;
