import type { Decoded } from '../../../src/schema.ts';
import type { LearnRecommender } from '../recommender.ts';
import { doublyRobustLoss, entireSpaceLoss, imputationLoss } from './conversion-loss.ts';
import { escm2Options } from './escm2-options.ts';
import { learnConversions } from './learn-conversions.ts';

export const escm2Dr = {
  description: 'ESMM with a doubly robust conversion loss, errors imputed by a third model (ESCM²-DR, Wang et al. 2022)',
  options: escm2Options,
  create:
    ({ counterfactualWeight, clip }: Decoded<typeof escm2Options>): LearnRecommender =>
    (input) =>
      learnConversions(input, [
        { loss: entireSpaceLoss, weight: 1 },
        { loss: doublyRobustLoss(clip), weight: counterfactualWeight },
        { loss: imputationLoss(clip), weight: counterfactualWeight },
      ]),
};
