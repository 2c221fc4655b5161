import type { RecommenderEntry } from '../recommender.ts';
import { escm2Dr } from './escm2-dr.ts';
import { escm2Ips } from './escm2-ips.ts';
import { esmm } from './esmm.ts';
import { idealConversions } from './ideal-conversions.ts';
import { naiveConversions } from './naive-conversions.ts';
import { popularityConversions } from './popularity-conversions.ts';

export {
  type ConversionLoss,
  type ConversionTerm,
  clickSpaceLoss,
  doublyRobustLoss,
  entireSpaceLoss,
  type Impression,
  imputationLoss,
  inversePropensityLoss,
} from './conversion-loss.ts';

/** Learners of the probability that a click converts, from impressions, by name. A new one is one file and one line here. */
export const conversionRecommenders = {
  naive: naiveConversions,
  esmm,
  'escm2-ips': escm2Ips,
  'escm2-dr': escm2Dr,
  popularity: popularityConversions,
  ideal: idealConversions,
} satisfies Readonly<Record<string, RecommenderEntry>>;
