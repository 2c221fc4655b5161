import { type Decoded, optional, positive, probability, strictObject } from '../../../src/schema.ts';
import type { LearnRecommender } from '../recommender.ts';
import { type ConversionLoss, entireSpaceLoss } from './conversion-loss.ts';
import { learnConversions } from './learn-conversions.ts';

const options = strictObject({
  counterfactualWeight: optional(positive(), 1), // λ of the counterfactual term, beside ESMM's losses
  clip: optional(probability(), 0.02), //           lowest pCTR that is divided by
});

/** ESMM's losses, and beside them λ times the counterfactual ones. Wang et al., SIGIR 2022. @param counterfactual given the clip */
export const escm2 = (description: string, counterfactual: (clip: number) => readonly ConversionLoss[]) => ({
  description,
  source: 'learnt' as const,
  options,
  create:
    ({ counterfactualWeight, clip }: Decoded<typeof options>): LearnRecommender =>
    (input) =>
      learnConversions(input, [
        { loss: entireSpaceLoss, weight: 1 },
        ...counterfactual(clip).map((loss) => ({ loss, weight: counterfactualWeight })),
      ]),
});
