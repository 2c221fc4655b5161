import type { Decoded } from '../../../src/schema.ts';
import { clipOptions } from '../clip-options.ts';
import type { LearnRecommender } from '../recommender.ts';
import { clippedErrors, ipsErrors, selfNormalisedErrors } from './error-weights.ts';
import { learnFromErrors } from './learn-from-errors.ts';

/** Early stopping clips too: on the self-normalised error of held-out rows under the raised propensities. */
export const clippedIpsExplicit = {
  description: 'errors weighted by 1/propensity, raised to at least `clip`: a little bias for less variance',
  options: clipOptions,
  create:
    ({ clip }: Decoded<typeof clipOptions>): LearnRecommender =>
    (input) =>
      learnFromErrors(input, { weigh: clippedErrors(ipsErrors, clip), imputation: null }, clippedErrors(selfNormalisedErrors, clip)),
};
