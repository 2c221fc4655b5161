import { UsageError } from '../../../src/errors.ts';
import { strictObject } from '../../../src/schema.ts';
import type { LearnRecommender } from '../recommender.ts';
import { clickSpaceLoss } from './conversion-loss.ts';
import { learnConversions } from './learn-conversions.ts';

export const naiveConversions = {
  description: 'conversions learnt from clicked impressions only, and used for all (sample selection bias)',
  options: strictObject({}),
  create: (): LearnRecommender => (input) => {
    const { clicks } = input.log;
    if (!clicks.includes(1)) throw new UsageError('the log has no click: nothing to learn conversions from');
    return learnConversions(input, [{ loss: clickSpaceLoss, weight: 1 }], { keep: (row) => clicks[row] === 1 });
  },
};
