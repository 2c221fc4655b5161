import { strictObject } from '../../../src/schema.ts';
import type { LearnRecommender } from '../recommender.ts';
import { doublyRobustErrors } from './error-weights.ts';
import { learnFromErrors } from './learn-from-errors.ts';

export const drJl = {
  description: 'doubly robust, errors imputed by a model trained with weights 1/p (DR-JL, Wang et al. 2019)',
  options: strictObject({}),
  create: (): LearnRecommender => (input) => learnFromErrors(input, { weigh: doublyRobustErrors, imputation: (p) => 1 / p }),
};
