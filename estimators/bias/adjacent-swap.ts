import type { BiasEstimatorEntry } from './bias-estimator.ts';
import { rankAbove } from './chained-ratios.ts';
import { swapEstimator } from './swap-estimate.ts';

/**
 * Adjacent swaps (Wang et al., WSDM 2018): sessions of policy k saw ranks k and k + 1 swapped with probability ½: θ_{k+1} / θ_k = clicks at k + 1 / clicks at k,
 * chained by product, so that errors add up down the list; users are hurt less than by RandPair. Consistent where clicks are position-based; fails as
 * RandPair does. Intervals: delta method over sessions.
 */
export const adjacentSwap = {
  description: 'clicks at neighbouring ranks, of sessions that saw them swapped with probability ½, chained',
  ...swapEstimator({
    name: 'adjacent-swap',
    parent: rankAbove,
    swaps: (policy, k) => policy === k,
    policies: 'the rank k that is swapped with k + 1 or not, 0 of lists as ranked',
  }),
} as const satisfies BiasEstimatorEntry;
