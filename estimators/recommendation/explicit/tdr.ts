import { strictObject } from '../../../src/schema.ts';
import type { LearnRecommender } from '../recommender.ts';
import { targetedErrors } from './error-weights.ts';
import { learnFromErrors } from './learn-from-errors.ts';

export const tdr = {
  description: 'doubly robust after a targeted correction of the imputed errors (TDR, Li et al. 2023)',
  unseenExposure: true,
  options: strictObject({}),
  create: (): LearnRecommender => (input) => learnFromErrors(input, { weigh: targetedErrors, imputation: (p) => 1 / p }),
};
