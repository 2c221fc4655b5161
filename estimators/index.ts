import { affine } from './affine.ts';
import { clickModelLabels } from './click-model-labels.ts';
import { clippedIps } from './clipped-ips.ts';
import { dualLearning } from './dual-learning.ts';
import type { EstimatorEntry } from './estimator.ts';
import { expectedRelevance } from './expected-relevance.ts';
import { ips } from './ips.ts';
import { naive } from './naive.ts';
import { production } from './production.ts';
import { random } from './random.ts';
import { selfNormalisedIps } from './self-normalised-ips.ts';
import { skyline } from './skyline.ts';

export { affine, affineGain } from './affine.ts';
export { clickModelLabels } from './click-model-labels.ts';
export { clippedIps, clippedIpsGain } from './clipped-ips.ts';
export { dualLearning, jointClickLoss, relativePropensities } from './dual-learning.ts';
export type { EstimatorEntry, KnownBias, Learn, Learned, LearningInput, LoggedClicks, Ranker } from './estimator.ts';
export { expectedRelevance } from './expected-relevance.ts';
export { type FittedToLog, fittedToLog } from './fitted-click-model.ts';
export { ips, ipsGain } from './ips.ts';
export { naive, naiveGain } from './naive.ts';
export { production } from './production.ts';
export { random } from './random.ts';
export { randomisationPropensities } from './randomisation.ts';
export * from './recommendation/index.ts';
export { selfNormalisedIps, selfNormalisedIpsGain } from './self-normalised-ips.ts';
export { examinationCurve, shownExamination } from './shown-bias.ts';
export { skyline } from './skyline.ts';
export { learnFromLists, learnWeighted, scorerRanker, type Weigh, weightedLists } from './weighted-learner.ts';

/** Every method of learning a ranker from a log, by name. A new method is one file and one line here. */
export const estimators = {
  random,
  production,
  naive,
  ips,
  'clipped-ips': clippedIps,
  'self-normalised-ips': selfNormalisedIps,
  'click-model-labels': clickModelLabels,
  affine,
  'dual-learning': dualLearning,
  'expected-relevance': expectedRelevance,
  skyline,
} satisfies Readonly<Record<string, EstimatorEntry>>;
