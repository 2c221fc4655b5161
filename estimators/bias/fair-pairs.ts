import type { BiasEstimatorEntry } from './bias-estimator.ts';
import { rankAbove } from './chained-ratios.ts';
import { swapEstimator } from './swap-estimate.ts';

/**
 * FairPairs (Radlinski & Joachims, AAAI 2006): by a coin, sessions saw pairs of ranks from rank 1 or from rank 2 on, each swapped with probability ½:
 * θ_{k+1} / θ_k = clicks at the lower / clicks at the upper rank of a pair, chained by product. Each session tells about half of all neighbours.
 * Consistent where clicks are position-based; fails as RandPair does. Intervals: delta method over sessions, whose pairs may depend on each other.
 */
export const fairPairs = {
  description: 'clicks at neighbouring ranks, of sessions that saw every second pair swapped with probability ½, chained',
  ...swapEstimator({
    name: 'fair-pairs',
    parent: rankAbove,
    swaps: (policy, k) => policy <= 2 && k >= policy && (k - policy) % 2 === 0,
    withoutPair: [1, 2], // pairs from rank 2 on, of two ranks: half of the sessions tell θ₂/θ₁, the others nothing
    policies: 'the rank, 1 or 2, that the pairs of a list start at, 0 of lists as ranked',
  }),
} as const satisfies BiasEstimatorEntry;
