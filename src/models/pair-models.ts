import type { PairFeatures } from '../data/interactions/interaction-log.ts';
import { adagrad } from '../learners/adagrad.ts';
import { adam } from '../learners/adam.ts';
import type { Optimiser } from '../learners/optimiser.ts';
import { type ChosenOptimiser, checkSgd } from '../learners/row-optimiser.ts';
import { sgd } from '../learners/sgd.ts';
import type { Rng } from '../random/rng.ts';
import type { Registered } from '../registry.ts';
import type { Decoded, GenericSchema } from '../schema.ts';
import { featurePairModel } from './feature-pair-model.ts';
import { matrixFactorisation, matrixFactorisationOptions, type PairModelSetting } from './matrix-factorisation.ts';
import type { PairModel } from './pair-model.ts';
import { networkOptions, newMlp } from './scorers.ts';

/** What a model of pairs is made for. */
export interface PairModelContext extends PairModelSetting {
  readonly userFeatures: PairFeatures | null;
  readonly itemFeatures: PairFeatures | null;
}

export type PairModelEntry<S extends GenericSchema = GenericSchema> = Registered<
  S,
  (options: Decoded<S>, context: PairModelContext, rng: Rng) => PairModel
>;

function denseOptimiser(chosen: ChosenOptimiser, parameterCount: number): Optimiser {
  if (chosen.name === 'adam') return adam.create(chosen, parameterCount);
  if (chosen.name === 'adagrad') return adagrad.create(chosen, parameterCount);
  checkSgd(chosen);
  return sgd.create(chosen, parameterCount);
}

const factors: PairModelEntry<typeof matrixFactorisationOptions> = {
  description: 'product of user and item factors, with or without biases; needs no features',
  options: matrixFactorisationOptions,
  create: matrixFactorisation,
};

const features: PairModelEntry<typeof networkOptions> = {
  description: 'multilayer perceptron of user and item features, on the tensor backend',
  options: networkOptions,
  create: (options, { userFeatures, itemFeatures, optimiser, l2 }, rng) =>
    featurePairModel(
      userFeatures,
      itemFeatures,
      (width) => newMlp(options, width, rng),
      (count) => denseOptimiser(optimiser, count),
      l2,
    ),
};

/** Every model of user–item pairs by name. */
export const pairModels = { 'matrix-factorisation': factors, 'feature-mlp': features };
