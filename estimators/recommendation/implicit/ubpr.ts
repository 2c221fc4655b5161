import { type Decoded, nullable, optional, real, strictObject } from '../../../src/schema.ts';
import type { LearnRecommender, OfPair } from '../recommender.ts';
import { learnPairwise, type TripleWeight } from './learn-pairwise.ts';

const options = strictObject({ floor: optional(nullable(real(0)), 0.01) }); // β of the non-negative clipping; null: none

/**
 * (1/θ_i)(1 − Y_j/θ_j) for a clicked item i and any other item j of the user. As exposures and relevances of two items are independent,
 * E[(Y_i/θ_i)(1 − Y_j/θ_j)] = γ_i (1 − γ_j): the ideal pairwise loss before clipping. j is drawn from all other items, clicked ones
 * included, or the second factor would always be 1.
 */
export function ubprWeight(exposure: OfPair): TripleWeight {
  return (user, item, other, otherClicked) => (1 - (otherClicked === 1 ? 1 / exposure(user, other) : 0)) / exposure(user, item);
}

/** Mean of max(weight · (−ln σ(s_i − s_j)), −β). Saito, ICTIR 2020. */
export const ubpr = {
  description: 'unbiased pairwise ranking with non-negative clipping (UBPR, Saito 2020); ranks only',
  ranksOnly: true,
  unseenExposure: true,
  options,
  create:
    ({ floor }: Decoded<typeof options>): LearnRecommender =>
    (input) => ({
      ...learnPairwise(input, {
        weight: ubprWeight(input.exposure.pair),
        floor: floor === null ? Number.NEGATIVE_INFINITY : -floor,
        othersClicked: true,
      }),
      exposure: input.exposure,
    }),
};
