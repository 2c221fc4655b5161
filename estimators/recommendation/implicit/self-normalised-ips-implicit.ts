import { UsageError } from '../../../src/errors.ts';
import { clickedPairs } from '../../../src/learners/pair-sampler.ts';
import { strictObject } from '../../../src/schema.ts';
import { type Coefficients, learnPointwise } from '../learn-pointwise.ts';
import type { LearnRecommender, OfPair } from '../recommender.ts';
import { ipsCoefficients } from './ips-implicit.ts';

/**
 * Rel-MF with the weights of clicks over their mean, w̃ = (1/θ) / mean over clicks of (1/θ): w̃ has mean 1, and a constant factor that all
 * exposures are off by cancels. It learns relevance up to one factor common to all pairs, so it ranks like Rel-MF but is not calibrated.
 */
export function selfNormalisedCoefficients(exposure: OfPair, clicks: { users: Uint32Array; items: Uint32Array }): Coefficients {
  const mean = clicks.users.reduce((sum, user, k) => sum + 1 / exposure(user, clicks.items[k]), 0) / clicks.users.length;
  if (!Number.isFinite(mean)) throw new UsageError('self-normalised weights need at least one click, and exposures above 0');
  return ipsCoefficients((user, item) => exposure(user, item) * mean, 0);
}

export const selfNormalisedIpsImplicit = {
  description: 'Rel-MF with weights over their mean: indifferent to a common factor of the exposures; ranks, is not calibrated',
  options: strictObject({}),
  create: (): LearnRecommender => (input) =>
    learnPointwise(
      input,
      selfNormalisedCoefficients(
        input.exposure.pair,
        clickedPairs(input.log, () => true),
      ),
      { weighsByExposure: true },
    ),
};
