import { type Decoded, optional, probability, strictObject } from '../../../src/schema.ts';
import { learnPointwise } from '../learn-pointwise.ts';
import type { LearnRecommender } from '../recommender.ts';
import { ipsCoefficients } from './ips-implicit.ts';

const options = strictObject({ clip: optional(probability(), 0.1) }); // M, the lowest exposure that is divided by

export const clippedIpsImplicit = {
  description: 'unbiased weights with exposure raised to at least `clip`: a little bias for less variance (clipped Rel-MF)',
  options,
  create:
    ({ clip }: Decoded<typeof options>): LearnRecommender =>
    (input) =>
      learnPointwise(input, ipsCoefficients(input.exposure.pair, clip), { weighsByExposure: true }),
};
