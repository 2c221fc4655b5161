import { UsageError } from '../errors.ts';
import { createRng, type Rng } from '../random/rng.ts';
import { make, type Registered } from '../registry.ts';
import { array, type Decoded, type GenericSchema, modelWidth, optional, picklist, strictObject } from '../schema.ts';
import { boostedTrees, boostedTreesOptions } from './boosted-trees.ts';
import { linear } from './linear.ts';
import { initialise, mlp } from './mlp.ts';
import type { DenseScorer, Scorer, ScorerArchitecture } from './scorer.ts';
import { scorerLayers } from './scorer-layers.ts';
import { type TreeEnsemble, treeEnsemble } from './tree-ensemble.ts';

export type ScorerEntry<S extends GenericSchema = GenericSchema, M extends Scorer = Scorer> = Registered<
  S,
  (options: Decoded<S>, featureCount: number, rng: Rng) => M
>;

const noOptions = strictObject({});
const mlpOptions = strictObject({
  hidden: optional(array(modelWidth()), [64, 32]), // sizes of the hidden layers; Ai et al. 2018 use [512, 256, 128]
  activation: optional(picklist(['elu', 'relu', 'tanh']), 'elu'),
});

const linearEntry: ScorerEntry<typeof noOptions, DenseScorer> = {
  description: 'weighted sum of the features; starts at 0',
  options: noOptions,
  create: (_, featureCount) => linear(featureCount),
};

const mlpEntry: ScorerEntry<typeof mlpOptions, DenseScorer> = {
  description: 'multilayer perceptron on the tensor backend; starts at random weights',
  options: mlpOptions,
  create({ hidden, activation }, featureCount, rng) {
    const scorer = mlp({ name: 'mlp', featureCount, hidden, activation });
    initialise(scorerLayers(scorer.architecture), scorer.parameters, rng);
    return scorer;
  },
};

const treesEntry: ScorerEntry<typeof boostedTreesOptions, TreeEnsemble> = {
  description:
    'regression trees added round by round (training.steps) by Newton steps; LambdaMART with the loss lambda-loss; takes no training.l2',
  options: boostedTreesOptions,
  create: (options, featureCount, rng) => boostedTrees(featureCount, options, rng),
};

/** What scorers are made by, whatever their options. */
export type Rankers = Readonly<Record<string, Registered<GenericSchema, (options: never, featureCount: number, rng: Rng) => Scorer>>>;

/** Every scorer by name. */
export const scorers = { linear: linearEntry, mlp: mlpEntry, 'gradient-boosted-trees': treesEntry };

/** Those that need no tensor backend. */
export const withoutTensors: readonly string[] = ['linear', 'gradient-boosted-trees'] satisfies (keyof typeof scorers)[];

/** The scorer of an architecture, its parameters still 0: copy stored ones into them. */
export function buildScorer(architecture: ScorerArchitecture, rankers: Rankers = scorers): Scorer {
  switch (architecture.name) {
    case 'linear':
      return linear(architecture.featureCount);
    case 'mlp':
      return mlp(architecture);
    case 'gradient-boosted-trees':
      return treeEnsemble(architecture.featureCount, []);
    case 'custom': {
      const { ranker, options, featureCount } = architecture;
      if (!Object.hasOwn(rankers, ranker))
        throw new UsageError(
          `a model of ranker "${ranker}", which is none of ${Object.keys(rankers).join(', ')}; give the plugin that has it (--plugin FILE)`,
        );
      return make('ranker', rankers, { ...options, name: ranker }, featureCount, createRng('built'));
    }
  }
}
