import { biasEstimators } from './bias/index.ts';
import { counterfactual } from './counterfactual.ts';
import { byPropensity } from './propensity.ts';
import { weightings } from './weightings/index.ts';

/** Weightings as estimators of their own names, with the estimator of bias that is usual for each. */
export const naive = { ...weightings.naive, create: () => counterfactual(null, weightings.naive.create(), 'none') };
/** The weighting `ips` with any estimator of bias, by default the truth of a simulation. */
export const ips = byPropensity(weightings.ips);
/** The weighting `clipped-ips` with any estimator of bias, by default the truth of a simulation. */
export const clippedIps = byPropensity(weightings['clipped-ips']);
/** The weighting `self-normalised-ips` with any estimator of bias, by default the truth of a simulation. */
export const selfNormalisedIps = byPropensity(weightings['self-normalised-ips']);
/** The weighting `affine` with the true α and β of a simulation. */
export const affine = {
  ...weightings.affine,
  source: 'oracle' as const,
  create: (options: Parameters<typeof weightings.affine.create>[0]) =>
    counterfactual(biasEstimators.oracle.create(), weightings.affine.create(options), 'affine'),
};
