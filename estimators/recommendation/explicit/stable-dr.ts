import { strictObject } from '../../../src/schema.ts';
import type { LearnRecommender } from '../recommender.ts';
import { stableErrors } from './error-weights.ts';
import { learnFromErrors } from './learn-from-errors.ts';

export const stableDr = {
  description: 'self-normalised with propensities that balance the imputed errors (StableDR, Li et al. 2023)',
  options: strictObject({}),
  create: (): LearnRecommender => (input) => learnFromErrors(input, { weigh: stableErrors, imputation: (p) => 1 / p }),
};
