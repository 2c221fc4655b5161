import { strictObject } from '../../../src/schema.ts';
import type { LearnRecommender } from '../recommender.ts';
import { entireSpaceLoss } from './conversion-loss.ts';
import { learnConversions } from './learn-conversions.ts';

export const esmm = {
  description: 'clicks and click-and-conversions over all impressions, conversion as their quotient (ESMM, Ma et al. 2018)',
  source: 'learnt' as const,
  options: strictObject({}),
  create: (): LearnRecommender => (input) => learnConversions(input, [{ loss: entireSpaceLoss, weight: 1 }]),
};
