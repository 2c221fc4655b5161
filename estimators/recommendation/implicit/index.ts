import type { RecommenderEntry } from '../recommender.ts';
import { bpr } from './bpr.ts';
import { clippedIpsImplicit } from './clipped-ips-implicit.ts';
import { expoMfImplicit } from './expo-mf-implicit.ts';
import { idealImplicit } from './ideal-implicit.ts';
import { ipsImplicit } from './ips-implicit.ts';
import { naiveImplicit } from './naive-implicit.ts';
import { popularityImplicit } from './popularity-implicit.ts';
import { selfNormalisedIpsImplicit } from './self-normalised-ips-implicit.ts';
import { ubpr } from './ubpr.ts';

export { idealCoefficients } from './ideal-implicit.ts';
export { ipsCoefficients } from './ips-implicit.ts';
export { naiveCoefficients } from './naive-implicit.ts';
export { selfNormalisedCoefficients } from './self-normalised-ips-implicit.ts';
export { ubprWeight } from './ubpr.ts';

/** Learners of relevance from clicks whose absence may mean "not seen", by name. A new one is one file and one line here. */
export const implicitRecommenders = {
  naive: naiveImplicit,
  ips: ipsImplicit,
  'clipped-ips': clippedIpsImplicit,
  'self-normalised-ips': selfNormalisedIpsImplicit,
  bpr,
  ubpr,
  'expo-mf': expoMfImplicit,
  popularity: popularityImplicit,
  ideal: idealImplicit,
} satisfies Readonly<Record<string, RecommenderEntry>>;
