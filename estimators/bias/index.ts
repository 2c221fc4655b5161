import type { BiasEstimatorEntry } from './bias-estimator.ts';
import { clickModel } from './click-model.ts';
import { given } from './given.ts';
import { oracle } from './oracle.ts';
import { randomisation } from './randomisation.ts';
import { saved } from './saved.ts';

export type { AffineBias, BiasEstimatorEntry, BiasNeed, EstimateBias, EstimatedBias, RankIntervals } from './bias-estimator.ts';
export { randomisationPropensities } from './randomisation.ts';
export { biasToJson } from './saved.ts';

/** Every estimator of the bias of a log, by name. A new one is one file and one line here. */
export const biasEstimators = {
  oracle,
  given,
  saved,
  randomisation,
  'click-model': clickModel,
} satisfies Readonly<Record<string, BiasEstimatorEntry>>;
