import { exposureEstimators } from '../../../estimators/recommendation/exposure/index.ts';
import {
  conversionRecommenders,
  explicitRecommenders,
  implicitRecommenders,
  type RecommenderEntry,
} from '../../../estimators/recommendation/index.ts';
import { optimisers } from '../../../src/learners/optimisers.ts';
import { pairTrainingOptions } from '../../../src/learners/pair-training-options.ts';
import { type PairLossName, pairLosses } from '../../../src/losses/pair-loss.ts';
import { pairModels } from '../../../src/models/pair-models.ts';
import {
  array,
  boolean,
  type Decoded,
  integer,
  literal,
  nullable,
  optional,
  picklist,
  pipe,
  probability,
  strictObject,
  string,
  transform,
} from '../../../src/schema.ts';
import { withFileKeys } from '../../config/file-keys.ts';
import { named } from '../../config/named.ts';
import { fileName, parsable } from '../../config/text-rules.ts';
import { conversionWorlds } from '../conversions/conversion-worlds.ts';
import { explicitWorlds } from '../explicit-feedback/explicit-worlds.ts';
import { implicitWorlds } from '../implicit-feedback/implicit-worlds.ts';
import { runConfig, seeds } from '../ranking/run-config.ts';
import { parseRecommendationMetric } from './recommendation-metrics.ts';

/** What a task's recommenders and worlds are called in a config. */
const method = <R extends Readonly<Record<string, RecommenderEntry>>>(registry: R) =>
  pipe(
    named(registry, { label: optional(fileName()) }),
    transform((chosen) => ({ ...chosen, label: chosen.label ?? chosen.name })),
  );

const [implicitMethod, explicitMethod, conversionMethod] = [
  method(implicitRecommenders),
  method(explicitRecommenders),
  method(conversionRecommenders),
];

const evaluation = (standard: string[]) =>
  strictObject({
    metrics: optional(array(parsable(parseRecommendationMetric)), standard),
    negatives: optional(nullable(integer(1)), 100), // irrelevant test pairs a user, that a ranking is made of beside the relevant ones; null: all
    rareShare: optional(probability(), 0.5), //        of items, those with fewest clicks, are `:rare`; the others `:frequent`
    emptyUsers: optional(picklist(['zero', 'skip', 'one']), 'skip'), // users without a relevant test pair, in rankings
  });

const { name, backend } = runConfig.entries;
/** What all recommendation tasks have in common. */
const common = {
  name,
  seeds: runConfig.entries.seeds,
  baseline: optional(nullable(string()), 'naive'),
  backend, // used by the feature-mlp model only
  model: optional(named(pairModels), 'matrix-factorisation'),
  optimiser: optional(named(optimisers), 'adam'),
  training: optional(pairTrainingOptions, {}),
  saveModels: optional(boolean(), true), // into the run folder: users + items rows of the model's width, a seed and method
};
const loss = (standard: PairLossName) => optional(picklist(Object.keys(pairLosses) as PairLossName[]), standard);

/** Clicks, whose absence may mean "not seen": relevance learnt from all pairs. */
export const implicitConfig = strictObject({
  task: literal('implicit-feedback'),
  ...common,
  world: optional(named(implicitWorlds), 'synthetic'),
  exposure: optional(named(exposureEstimators), 'oracle'),
  loss: loss('log'),
  estimators: optional(array(implicitMethod), ['naive', 'ips', 'clipped-ips', 'ideal']),
  evaluation: optional(evaluation(['relative-log-loss', 'log-loss', 'auc', 'dcg@10', 'recall@10']), {}),
});

/** Values known where they were observed: ratings that users chose to give, or impressions of a logging policy. */
export const explicitConfig = strictObject({
  task: literal('explicit-feedback'),
  ...common,
  world: optional(named(explicitWorlds), 'self-selected-ratings'),
  exposure: optional(named(exposureEstimators), 'oracle'),
  loss: loss('log'),
  estimators: optional(array(explicitMethod), ['naive', 'ips', 'self-normalised-ips', 'dr-jl', 'mrdr', 'stable-dr', 'tdr', 'ideal']),
  evaluation: optional(evaluation(['squared-error', 'log-loss', 'ndcg@5']), {}),
});

/** Impression → click → conversion. */
export const conversionConfig = strictObject({
  task: literal('conversions'),
  ...common,
  world: optional(named(conversionWorlds), 'entire-space'),
  estimators: optional(array(conversionMethod), ['naive', 'esmm', 'escm2-ips', 'escm2-dr', 'ideal']),
  evaluation: optional(evaluation(['auc', 'log-loss']), {}),
});

/** Every task other than ranking, by the `task` of its config; each has a strict schema of its own. */
export const recommendationTasks = {
  'implicit-feedback': {
    config: implicitConfig,
    file: withFileKeys(implicitConfig, seeds, implicitMethod),
    recommenders: implicitRecommenders,
    worlds: implicitWorlds,
  },
  'explicit-feedback': {
    config: explicitConfig,
    file: withFileKeys(explicitConfig, seeds, explicitMethod),
    recommenders: explicitRecommenders,
    worlds: explicitWorlds,
  },
  conversions: {
    config: conversionConfig,
    file: withFileKeys(conversionConfig, seeds, conversionMethod),
    recommenders: conversionRecommenders,
    worlds: conversionWorlds,
  },
} as const;

export type RecommendationConfig = Decoded<typeof implicitConfig> | Decoded<typeof explicitConfig> | Decoded<typeof conversionConfig>;
