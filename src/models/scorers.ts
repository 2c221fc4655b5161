import type { Rng } from '../random/rng.ts';
import type { Registered } from '../registry.ts';
import { array, type Decoded, type GenericSchema, integer, optional, picklist, strictObject } from '../schema.ts';
import { linear } from './linear.ts';
import { initialise, mlp } from './mlp.ts';
import type { Scorer, ScorerArchitecture } from './scorer.ts';
import { scorerLayers } from './scorer-layers.ts';

export type ScorerEntry<S extends GenericSchema = GenericSchema> = Registered<
  S,
  (options: Decoded<S>, featureCount: number, rng: Rng) => Scorer
>;

const noOptions = strictObject({});
const mlpOptions = strictObject({
  hidden: optional(array(integer(1)), [64, 32]), // sizes of the hidden layers; Ai et al. 2018 use [512, 256, 128]
  activation: optional(picklist(['elu', 'relu', 'tanh']), 'elu'),
});

const linearEntry: ScorerEntry<typeof noOptions> = {
  description: 'weighted sum of the features; starts at 0',
  options: noOptions,
  create: (_, featureCount) => linear(featureCount),
};

const mlpEntry: ScorerEntry<typeof mlpOptions> = {
  description: 'multilayer perceptron on the tensor backend; starts at random weights',
  options: mlpOptions,
  create({ hidden, activation }, featureCount, rng) {
    const scorer = mlp({ name: 'mlp', featureCount, hidden, activation });
    initialise(scorerLayers(scorer.architecture), scorer.parameters, rng);
    return scorer;
  },
};

/** Every scorer by name. */
export const scorers = { linear: linearEntry, mlp: mlpEntry };

/** The scorer of an architecture, its parameters still 0: copy stored ones into them. */
export function buildScorer(architecture: ScorerArchitecture): Scorer {
  return architecture.name === 'linear' ? linear(architecture.featureCount) : mlp(architecture);
}
