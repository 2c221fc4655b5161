import type { Decoded } from '../../src/schema.ts';
import { pairwiseDebiasing } from '../pairwise-debiasing.ts';
import { type BiasEstimatorEntry, leavingRanker } from './bias-estimator.ts';

/**
 * t⁺_k of pairwise debiasing (Hu et al., WWW 2019) taken for θ_k/θ_1. No consistent estimate of it: θ^{1/(p + 1)} where clicks are rare and all ranks show the same
 * relevance, so θ for p = 0 alone, and less the more production orders by relevance. To compare with.
 */
export const pairwiseDebiasingBias = {
  description: 't⁺ of pairwise debiasing taken for propensities; not consistent (Hu et al. 2019)',
  source: 'learnt',
  needs: ['features'],
  gives: 'examination',
  options: pairwiseDebiasing.options,
  create: (chosen: Decoded<typeof pairwiseDebiasing.options>) => leavingRanker(pairwiseDebiasing.create(chosen)),
} as const satisfies BiasEstimatorEntry;
