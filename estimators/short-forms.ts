import { biasEstimators } from './bias/index.ts';
import { counterfactual } from './counterfactual.ts';
import { byPropensity } from './propensity.ts';
import { weightings } from './weightings/index.ts';

/** Weightings as estimators of their own names, with the estimator of bias that is usual for each. */
export const naive = { ...weightings.naive, create: () => counterfactual(null, weightings.naive.create(), 'none') };
export const ips = byPropensity(weightings.ips);
export const clippedIps = byPropensity(weightings['clipped-ips']);
export const selfNormalisedIps = byPropensity(weightings['self-normalised-ips']);
export const affine = {
  ...weightings.affine,
  source: 'oracle' as const,
  create: (options: Parameters<typeof weightings.affine.create>[0]) =>
    counterfactual(biasEstimators.oracle.create(), weightings.affine.create(options), 'affine'),
};
