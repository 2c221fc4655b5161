import { UsageError } from '../errors.ts';
import { createRng, type Rng } from '../random/rng.ts';
import { make, type Registered } from '../registry.ts';
import {
  array,
  boolean,
  type Decoded,
  type GenericSchema,
  maxValue,
  modelWidth,
  optional,
  picklist,
  pipe,
  real,
  strictObject,
} from '../schema.ts';
import { boostedTrees, boostedTreesOptions } from './boosted-trees.ts';
import { type EmbeddingScorer, embedding, embeddingOptions, newEmbedding } from './embedding.ts';
import { hashedVocabulary, type IdVocabulary, type NamedDocuments, type StoredIds, storedVocabulary } from './id-vocabulary.ts';
import { linear } from './linear.ts';
import { type Dropout, initialise, mlp } from './mlp.ts';
import type { Activation, DenseScorer, EmbeddingArchitecture, Scorer, ScorerArchitecture } from './scorer.ts';
import { scorerLayers } from './scorer-layers.ts';
import { initialiseTransformer, transformer, transformerOptions } from './transformer.ts';
import { type TreeEnsemble, treeEnsemble } from './tree-ensemble.ts';

/** A ranker by name: `create` takes decoded options, the number of features, the stream of its first parameters, and where they have ids the documents to be learnt from. */
export type ScorerEntry<S extends GenericSchema = GenericSchema, M extends Scorer = Scorer> = Registered<
  S,
  (options: Decoded<S>, featureCount: number, rng: Rng, documents?: NamedDocuments) => M
>;

const noOptions = strictObject({});
const networkEntries = {
  hidden: optional(array(modelWidth()), [64, 32]), // sizes of the hidden layers; Ai et al. 2018 use [512, 256, 128]
  activation: optional(picklist(['elu', 'relu', 'tanh']), 'elu'),
  layerNorm: optional(boolean(), false), // of the hidden layers, before the activation (Ba et al. 2016)
};
/** Of a network whose gradient is taken at scores that were computed before. */
export const networkOptions = strictObject(networkEntries);
const mlpOptions = strictObject({
  ...networkEntries,
  dropout: optional(pipe(real(0), maxValue(0.9)), 0), // share of the hidden units left out in each step (Srivastava et al. 2014)
});

const linearEntry: ScorerEntry<typeof noOptions, DenseScorer> = {
  description: 'weighted sum of the features; starts at 0',
  options: noOptions,
  create: (_, featureCount) => linear(featureCount),
};

const mlpEntry: ScorerEntry<typeof mlpOptions, DenseScorer> = {
  description: 'multilayer perceptron on the tensor backend; starts at random weights',
  options: mlpOptions,
  create: ({ dropout, ...network }, featureCount, rng) =>
    newMlp(network, featureCount, rng, dropout > 0 ? { rate: dropout, rng: rng.fork('dropout') } : null),
};

/** At random weights. */
export function newMlp(
  { hidden, activation, layerNorm = false }: { readonly hidden: readonly number[]; activation: Activation; layerNorm?: boolean },
  featureCount: number,
  rng: Rng,
  dropout: Dropout | null = null,
): DenseScorer {
  const scorer = mlp({ name: 'mlp', featureCount, hidden, activation, ...(layerNorm && { layerNorm }) }, dropout);
  initialise(scorerLayers(scorer.architecture), scorer.parameters, rng);
  return scorer;
}

const transformerEntry: ScorerEntry<typeof transformerOptions> = {
  description: 'transformer: self-attention among the candidates of a query on the tensor backend (SetRank, Pang et al. 2020)',
  options: transformerOptions,
  create(options, featureCount, rng) {
    const scorer = transformer({ name: 'transformer', featureCount, ...options });
    initialiseTransformer(scorer, rng);
    return scorer;
  },
};

const treesEntry: ScorerEntry<typeof boostedTreesOptions, TreeEnsemble> = {
  description:
    'regression trees added round by round (training.steps) by Newton steps; LambdaMART with the loss lambda-loss; takes no training.l2',
  options: boostedTreesOptions,
  create: (options, featureCount, rng) => boostedTrees(featureCount, options, rng),
};

const embeddingEntry: ScorerEntry<typeof embeddingOptions, EmbeddingScorer> = {
  description:
    'numbers of each document by its id, learnt as weights are, alone or beside features; rows of a table that are hashed where wanted',
  options: embeddingOptions,
  create: newEmbedding,
};

/** What scorers are made by, whatever their options. */
export type Rankers = Readonly<
  Record<string, Registered<GenericSchema, (options: never, featureCount: number, rng: Rng, documents?: NamedDocuments) => Scorer>>
>;

/** Every scorer by name. */
export const scorers = {
  linear: linearEntry,
  mlp: mlpEntry,
  transformer: transformerEntry,
  'gradient-boosted-trees': treesEntry,
  embedding: embeddingEntry,
};

const withoutTensors: readonly string[] = ['linear', 'gradient-boosted-trees', 'embedding'] satisfies (keyof typeof scorers)[];

/** Whether a ranker needs a tensor backend: networks do. @param ranker its options, or its architecture */
export const needsTensors = ({ name, hidden = [] }: { readonly name: string; readonly hidden?: readonly number[] }): boolean =>
  !withoutTensors.includes(name) || (name === 'embedding' && hidden.length > 0);

/** The scorer of an architecture, its parameters still 0: copy stored ones into them. @param ids of one that knows documents by them; hashed ones need none */
export function buildScorer(architecture: ScorerArchitecture, rankers: Rankers = scorers, ids: StoredIds | null = null): Scorer {
  switch (architecture.name) {
    case 'linear':
      return linear(architecture.featureCount);
    case 'mlp':
      return mlp(architecture);
    case 'transformer':
      return transformer(architecture);
    case 'gradient-boosted-trees':
      return treeEnsemble(architecture.featureCount, []);
    case 'embedding':
      return embedding(architecture, vocabularyFor(architecture, ids));
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

/** @throws Error without the ids of a table that has rows of their own */
function vocabularyFor({ of, table, ids: count }: EmbeddingArchitecture, ids: StoredIds | null): IdVocabulary {
  if (table === 'hash') return hashedVocabulary(of, count);
  if (ids === null) throw new Error('a ranker of ids that are not hashed is built again with them');
  return storedVocabulary(of, ids);
}
