import type { Decoded } from '../../../src/schema.ts';
import type { LearnRecommender } from '../recommender.ts';
import { entireSpaceLoss, inversePropensityLoss } from './conversion-loss.ts';
import { escm2Options } from './escm2-options.ts';
import { learnConversions } from './learn-conversions.ts';

export const escm2Ips = {
  description: 'ESMM with conversions of clicked impressions weighted by 1/pCTR (ESCM²-IPS, Wang et al. 2022)',
  options: escm2Options,
  create:
    ({ counterfactualWeight, clip }: Decoded<typeof escm2Options>): LearnRecommender =>
    (input) =>
      learnConversions(input, [
        { loss: entireSpaceLoss, weight: 1 },
        { loss: inversePropensityLoss(clip), weight: counterfactualWeight },
      ]),
};
