import { UsageError } from '../../src/errors.ts';
import type { AffineBias } from '../bias/bias-estimator.ts';
import { needsAffine } from './affine.ts';
import { gainOver, weighedOver } from './candidates.ts';
import type { WeightingEntry } from './weighting.ts';

/**
 * Gain per session, V̂ = (1/n) Σ_s Σ_d g_d (c_sd − β_rank(d)) / max(E_π[α_rank(d)], τ), over all candidates d, with α = β = 0 where d is not shown.
 * Vardasbi et al., CIKM 2020; Oosterhuis & de Rijke, WSDM 2021. Unbiased under trust bias and a cutoff, if π shows every document that has a gain.
 * `subtract: expected` has E_π[β] for β_rank, as printed there: also unbiased, with more variance. With the log's frequencies for π both have the
 * same value, Σ (c − β_rank) / Σ α_rank. Fails as {@link policyAwareIpsGain} does, trust bias apart.
 */
export const policyAwareAffineGain = gainOver<AffineBias>('own-policy');

export const policyAwareAffine = {
  description: 'affine correction over all candidates by the expected α of the logging policy (Oosterhuis & de Rijke 2021)',
  takes: 'affine',
  weights: 'signed',
  ...weighedOver('own-policy', ({ affine }) => {
    if (affine === undefined) throw new UsageError(needsAffine('policy-aware-affine', 'policy-aware-ips'));
    return affine;
  }),
} as const satisfies WeightingEntry;
