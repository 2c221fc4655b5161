import { itemClicks } from '../../../src/data/interactions/interaction-log.ts';
import { type Decoded, optional, probability, strictObject } from '../../../src/schema.ts';
import { type Coefficients, learnPointwise } from '../learn-pointwise.ts';
import type { LearnRecommender } from '../recommender.ts';

const options = strictObject({ negativeWeight: optional(probability(), 1) });

/**
 * Σ_D [Y δ1 + w (1 − Y) δ0] / Σ_D [Y + w (1 − Y)], the numbers of clicked and other pairs given. Weighted matrix factorisation: Hu, Koren &
 * Volinsky, ICDM 2008. Takes a click for relevance, so it learns γθ and not γ.
 */
export function naiveCoefficients(clicked: number, pairs: number, negativeWeight: number): Coefficients {
  const norm = pairs / (clicked + negativeWeight * (pairs - clicked));
  const [click, other] = [[norm, 0] as const, [0, negativeWeight * norm] as const];
  return (_user, _item, y) => (y === 1 ? click : other);
}

export const naiveImplicit = {
  description: 'a click is relevance, none is irrelevance of weight w (weighted matrix factorisation, Hu et al. 2008)',
  options,
  create:
    ({ negativeWeight }: Decoded<typeof options>): LearnRecommender =>
    (input) => {
      const clicked = itemClicks(input.log).reduce((a, b) => a + b, 0);
      return learnPointwise(input, naiveCoefficients(clicked, input.log.userIds.length * input.log.itemIds.length, negativeWeight));
    },
};
