import { type Decoded, strictObject } from '../../src/schema.ts';
import { pairwiseDebiasing } from '../pairwise-debiasing.ts';
import type { BiasEstimatorEntry } from './bias-estimator.ts';
import { bootstrapOption, resampling } from './bootstrap.ts';
import { leavingRanker } from './leaving-ranker.ts';

const options = strictObject({ ...pairwiseDebiasing.options.entries, bootstrap: bootstrapOption });

/**
 * t⁺_k of pairwise debiasing (Hu et al., WWW 2019) taken for θ_k/θ_1. Right for p = 0 and lists in random order, and else no consistent estimate of it: see the estimator
 * `pairwise-debiasing`. To compare with.
 */
export const pairwiseDebiasingBias = {
  description: 't⁺ of pairwise debiasing taken for propensities; not consistent (Hu et al. 2019)',
  source: 'learnt',
  needs: ['features'],
  gives: 'examination',
  options,
  create: resampling<Decoded<typeof options>>((chosen) => leavingRanker(pairwiseDebiasing.create(chosen))),
} as const satisfies BiasEstimatorEntry;
