import { strictObject } from '../../../src/schema.ts';
import type { LearnRecommender } from '../recommender.ts';
import { naiveErrors } from './error-weights.ts';
import { learnFromErrors } from './learn-from-errors.ts';

export const naiveExplicit = {
  description: 'observed pairs as if they were a random sample',
  options: strictObject({}),
  create: (): LearnRecommender => (input) => learnFromErrors(input, { weigh: naiveErrors, imputation: null }, naiveErrors),
};
