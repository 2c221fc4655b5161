import { adjacentChain } from './adjacent-chain.ts';
import { adjacentSwap } from './adjacent-swap.ts';
import { allPairs } from './all-pairs.ts';
import type { BiasEstimatorEntry } from './bias-estimator.ts';
import { clickModel } from './click-model.ts';
import { contextualNetwork } from './contextual-network.ts';
import { dualLearningBias } from './dual-learning.ts';
import { fairPairs } from './fair-pairs.ts';
import { given } from './given.ts';
import { naiveCtr } from './naive-ctr.ts';
import { oracle } from './oracle.ts';
import { pairwiseDebiasingBias } from './pairwise-debiasing.ts';
import { pivotOne } from './pivot-one.ts';
import { randPair } from './rand-pair.ts';
import { randomisation } from './randomisation.ts';
import { regressionEmBias } from './regression-em.ts';
import { saved } from './saved.ts';
import { trustBias } from './trust-bias.ts';
import { twoTowerBias } from './two-tower.ts';

export {
  type AffineBias,
  type BiasEstimatorEntry,
  type BiasKind,
  type BiasNeed,
  type EstimateBias,
  type EstimatedBias,
  givesOf,
  needsOf,
  type RankIntervals,
} from './bias-estimator.ts';
export { notDrawn, randomisationPropensities } from './randomisation.ts';
export { biasToJson } from './saved.ts';

/** Every estimator of the bias of a log, by name. A new one is one file and one line here. */
export const biasEstimators = {
  oracle,
  given,
  saved,
  randomisation,
  'click-model': clickModel,
  'naive-ctr': naiveCtr,
  'rand-pair': randPair,
  'adjacent-swap': adjacentSwap,
  'fair-pairs': fairPairs,
  'pivot-one': pivotOne,
  'adjacent-chain': adjacentChain,
  'all-pairs': allPairs,
  'contextual-network': contextualNetwork,
  'dual-learning': dualLearningBias,
  'pairwise-debiasing': pairwiseDebiasingBias,
  'regression-em': regressionEmBias,
  'trust-bias': trustBias,
  'two-tower': twoTowerBias,
} satisfies Readonly<Record<string, BiasEstimatorEntry>>;
