import { clickModelLabels } from './click-model-labels.ts';
import { dualLearning } from './dual-learning.ts';
import type { EstimatorEntry } from './estimator.ts';
import { expectedRelevance } from './expected-relevance.ts';
import { pairwiseDebiasing } from './pairwise-debiasing.ts';
import { production } from './production.ts';
import { random } from './random.ts';
import { regressionEm } from './regression-em.ts';
import { exposureBasedCrm } from './safe/exposure-based-crm.ts';
import { prpo } from './safe/prpo.ts';
import { affine, clippedIps, ips, naive, selfNormalisedIps } from './short-forms.ts';
import { skyline } from './skyline.ts';
import { twoTower } from './two-tower.ts';

export * from './bias/index.ts';
export { clickModelLabels } from './click-model-labels.ts';
export { withContextNames } from './context-fault.ts';
export { counterfactual } from './counterfactual.ts';
export * from './diagnosis/index.ts';
export { dualLearning, jointClickLoss, relativePropensities } from './dual-learning.ts';
export type { EstimatorEntry, KnownBias, Learn, Learned, LearningInput, LoggedClicks, Ranker } from './estimator.ts';
export { expectedRelevance } from './expected-relevance.ts';
export { type ClickModelChoice, type FittedToLog, fittedToLog, modelToFit } from './fitted-click-model.ts';
export * from './off-policy/index.ts';
export { pairwiseDebiasing } from './pairwise-debiasing.ts';
export { production } from './production.ts';
export { type BiasChoice, biasChoiceOf, makeBias, namedBias } from './propensity.ts';
export { random } from './random.ts';
export * from './recommendation/index.ts';
export { regressionEm } from './regression-em.ts';
export { exposureBasedCrm } from './safe/exposure-based-crm.ts';
export { gainOverLogging, type ServedPolicy } from './safe/gain-over-logging.ts';
export { prpo } from './safe/prpo.ts';
export { affine, clippedIps, ips, naive, selfNormalisedIps } from './short-forms.ts';
export { contextCurves, examinationCurve, shownExamination } from './shown-bias.ts';
export { skyline } from './skyline.ts';
export { twoTower } from './two-tower.ts';
export { learnFromLists, learnWeighted, scorerRanker, type Weigh, weightedLists } from './weighted-learner.ts';
export * from './weightings/index.ts';

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
  'regression-em': regressionEm,
  'pairwise-debiasing': pairwiseDebiasing,
  'two-tower': twoTower,
  'exposure-based-crm': exposureBasedCrm,
  prpo,
  'expected-relevance': expectedRelevance,
  skyline,
} satisfies Readonly<Record<string, EstimatorEntry>>;
