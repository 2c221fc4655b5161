import type { BiasEstimatorEntry } from './bias-estimator.ts';
import { firstRank } from './chained-ratios.ts';
import { swapEstimator } from './swap-estimate.ts';

/**
 * RandPair (Joachims, Swaminathan & Schnabel, WSDM 2017): sessions of policy k saw ranks 1 and k swapped with probability ½, so both show the same documents
 * as often and θ_k / θ_1 = clicks at k / clicks at 1. Consistent where clicks are position-based; fails under trust bias, and where examination depends on the
 * documents above (a cascade), as a swap changes them. Intervals: delta method over sessions.
 */
export const randPair = {
  description: 'clicks at rank k over those at rank 1, of sessions that saw these two swapped with probability ½',
  ...swapEstimator({
    name: 'rand-pair',
    parent: firstRank,
    swaps: (policy, k) => policy === k + 1,
    policies: 'the rank k, from 2 on, that is swapped with rank 1 or not, 0 of lists as ranked',
  }),
} as const satisfies BiasEstimatorEntry;
