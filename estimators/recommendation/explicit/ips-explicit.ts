import { strictObject } from '../../../src/schema.ts';
import type { LearnRecommender } from '../recommender.ts';
import { ipsErrors } from './error-weights.ts';
import { learnFromErrors } from './learn-from-errors.ts';

export const ipsExplicit = {
  description: 'errors of observed pairs weighted by 1/propensity (Schnabel et al. 2016)',
  options: strictObject({}),
  create: (): LearnRecommender => (input) => learnFromErrors(input, { weigh: ipsErrors, imputation: null }),
};
