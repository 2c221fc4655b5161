import type { Decoded } from '../../../src/schema.ts';
import { clipOptions } from '../clip-options.ts';
import { learnPointwise } from '../learn-pointwise.ts';
import type { LearnRecommender } from '../recommender.ts';
import { ipsCoefficients } from './ips-implicit.ts';

export const clippedIpsImplicit = {
  description: 'unbiased weights with exposure raised to at least `clip`: a little bias for less variance (clipped Rel-MF)',
  options: clipOptions,
  create:
    ({ clip }: Decoded<typeof clipOptions>): LearnRecommender =>
    (input) =>
      learnPointwise(input, ipsCoefficients(input.exposure.pair, clip), { weighsByExposure: true }),
};
