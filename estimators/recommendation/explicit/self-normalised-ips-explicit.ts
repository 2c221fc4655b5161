import { strictObject } from '../../../src/schema.ts';
import type { LearnRecommender } from '../recommender.ts';
import { selfNormalisedErrors } from './error-weights.ts';
import { learnFromErrors } from './learn-from-errors.ts';

export const selfNormalisedIpsExplicit = {
  description: 'the same over the sum of the weights',
  options: strictObject({}),
  create: (): LearnRecommender => (input) => learnFromErrors(input, { weigh: selfNormalisedErrors, imputation: null }),
};
