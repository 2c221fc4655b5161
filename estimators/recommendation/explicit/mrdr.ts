import { strictObject } from '../../../src/schema.ts';
import type { LearnRecommender } from '../recommender.ts';
import { doublyRobustErrors } from './error-weights.ts';
import { learnFromErrors } from './learn-from-errors.ts';

export const mrdr = {
  description: 'doubly robust, the imputation trained for least variance, weights (1 − p)/p² (MRDR, Guo et al. 2021)',
  options: strictObject({}),
  create: (): LearnRecommender => (input) => learnFromErrors(input, { weigh: doublyRobustErrors, imputation: (p) => (1 - p) / p ** 2 }),
};
