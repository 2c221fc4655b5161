import type { BiasEstimatorEntry } from './bias-estimator.ts';
import { rankAbove } from './chained-ratios.ts';
import { harvestEstimator } from './harvest.ts';
import { harvestedLinks } from './harvested-links.ts';

/**
 * Intervention harvesting along neighbours (Agarwal et al., WSDM 2019): θ_k / θ_1 = Π_j Σ CTR at j + 1 / Σ CTR at j over the documents seen at ranks j and j + 1.
 * More documents move by one rank than by many, but errors add up down the list. Assumes and fails as pivot-one. Intervals as of pivot-one.
 */
export const adjacentChain = {
  description: 'click-through at neighbouring ranks, of documents that the log shows at both, chained',
  ...harvestEstimator(harvestedLinks(rankAbove)),
} as const satisfies BiasEstimatorEntry;
