import { parseRecommendationMetric } from '../../../estimators/recommendation/recommendation-metrics.ts';
import { optimisers } from '../../../src/learners/optimisers.ts';
import { pairTrainingOptions } from '../../../src/learners/pair-training-options.ts';
import { type PairLossName, pairLosses } from '../../../src/losses/pair-loss.ts';
import { named } from '../../../src/named.ts';
import { array, boolean, type Decoded, integer, nullable, optional, picklist, probability, strictObject } from '../../../src/schema.ts';
import type { StudyConfig } from '../../config/config-kind.ts';
import { parsable } from '../../config/text-rules.ts';
import type { Parts } from '../../parts/parts.ts';
import type { ofMethod } from './of-method.ts';

/** What all recommendation tasks have in common. */
export const modelSettings = ({ pairModels }: Parts) => ({
  model: optional(named(pairModels), 'matrix-factorisation'), // the backend is used by feature-mlp only
  optimiser: optional(named(optimisers), 'adam'), // those of Counterrank itself, whose steps over rows of pairs are written out
  training: optional(pairTrainingOptions, {}),
  saveModels: optional(boolean(), true), // into the run folder: users + items rows of the model's width, a seed and method
});

/** Of tasks whose methods weigh by exposure. */
export const exposureSettings = ({ exposureEstimators }: Parts) => ({
  exposure: optional(named(exposureEstimators), 'oracle'),
  loss: optional(picklist(Object.keys(pairLosses) as PairLossName[]), 'log'),
});

export const recommendationEvaluation = ({ metrics }: Parts, standard: string[]) =>
  optional(
    strictObject({
      metrics: optional(array(parsable((label) => parseRecommendationMetric(label, metrics))), standard),
      negatives: optional(nullable(integer(1)), 100), // irrelevant test pairs a user, that a ranking is made of beside the relevant ones; null: all
      rareShare: optional(probability(), 0.5), //        of items, those with fewest clicks, are `:rare`; the others `:frequent`
      emptyUsers: optional(picklist(['zero', 'skip', 'one']), 'skip'), // users without a relevant test pair, in rankings
    }),
    {},
  );

/** What sections decode to. */
type Of<S extends (parts: Parts) => object> = {
  readonly [K in keyof ReturnType<S>]: Decoded<Extract<ReturnType<S>[K], Parameters<typeof strictObject>[0][string]>>;
};

/** What an entry of the estimators has beside its name, its label and the method's own options. */
export type MethodSettings = Partial<Of<typeof ofMethod>>;

/** A config of any recommendation task. */
export type RecommendationConfig = Omit<StudyConfig, 'estimators'> & {
  readonly estimators: readonly (StudyConfig['estimators'][number] & MethodSettings)[];
} & Of<typeof modelSettings> &
  Partial<Of<typeof exposureSettings>> & {
    readonly world: { readonly name: string };
    readonly evaluation: Decoded<ReturnType<typeof recommendationEvaluation>>;
  };
/** Of a task whose methods weigh by exposure. */
export type ExposureConfig = RecommendationConfig & Of<typeof exposureSettings>;
