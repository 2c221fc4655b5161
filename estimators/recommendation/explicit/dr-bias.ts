import { strictObject } from '../../../src/schema.ts';
import type { LearnRecommender } from '../recommender.ts';
import { doublyRobustErrors } from './error-weights.ts';
import { learnFromErrors } from './learn-from-errors.ts';

export const drBias = {
  description: 'doubly robust, the imputation trained for least bias, weights (1 − p)²/p³ (DR-BIAS, Dai et al. 2022)',
  options: strictObject({}),
  create: (): LearnRecommender => (input) =>
    learnFromErrors(input, { weigh: doublyRobustErrors, imputation: (p) => (1 - p) ** 2 / p ** 3 }),
};
