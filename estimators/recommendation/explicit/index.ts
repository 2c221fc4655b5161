import type { RecommenderEntry } from '../recommender.ts';
import { clippedIpsExplicit } from './clipped-ips-explicit.ts';
import { drBias } from './dr-bias.ts';
import { drJl } from './dr-jl.ts';
import { idealExplicit } from './ideal-explicit.ts';
import { ipsExplicit } from './ips-explicit.ts';
import { mrdr } from './mrdr.ts';
import { naiveExplicit } from './naive-explicit.ts';
import { popularityExplicit } from './popularity-explicit.ts';
import { selfNormalisedIpsExplicit } from './self-normalised-ips-explicit.ts';
import { stableDr } from './stable-dr.ts';
import { tdr } from './tdr.ts';

export {
  clippedErrors,
  doublyRobustErrors,
  type ErrorSample,
  type ErrorWeights,
  ipsErrors,
  naiveErrors,
  selfNormalisedErrors,
  stableErrors,
  targetedErrors,
  type WeighErrors,
} from './error-weights.ts';

/** Learners from pairs whose value is known where they were observed, by name. A new one is one file and one line here. */
export const explicitRecommenders = {
  naive: naiveExplicit,
  ips: ipsExplicit,
  'clipped-ips': clippedIpsExplicit,
  'self-normalised-ips': selfNormalisedIpsExplicit,
  'dr-jl': drJl,
  mrdr,
  'dr-bias': drBias,
  'stable-dr': stableDr,
  tdr,
  popularity: popularityExplicit,
  ideal: idealExplicit,
} satisfies Readonly<Record<string, RecommenderEntry>>;
