import type { BiasEstimatorEntry } from './bias-estimator.ts';
import { firstRank } from './chained-ratios.ts';
import { harvestEstimator } from './harvest.ts';
import { harvestedLinks } from './harvested-links.ts';

/**
 * Intervention harvesting with rank 1 as the pivot (Agarwal et al., WSDM 2019): θ_k / θ_1 = Σ CTR at k / Σ CTR at 1 over the documents seen at both, for a query
 * each. Consistent where clicks are position-based and what moves documents does not depend on their relevance at the time; fails under trust bias and cascades, and
 * where few documents are seen both at the top and far down. Intervals: delta method, the larger of the noise of clicks and the spread between queries, by `harvestErrors`.
 */
export const pivotOne = {
  description: 'click-through at rank k over that at rank 1, of documents that the log shows at both',
  ...harvestEstimator(harvestedLinks(firstRank)),
} as const satisfies BiasEstimatorEntry;
