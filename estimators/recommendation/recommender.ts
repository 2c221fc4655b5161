import type { Sourced } from '../../src/bias-source.ts';
import type { InteractionLog } from '../../src/data/interactions/interaction-log.ts';
import type { PairTrainingOptions } from '../../src/learners/pair-training-options.ts';
import type { TrainingRecord } from '../../src/learners/train.ts';
import type { PairLoss } from '../../src/losses/pair-loss.ts';
import type { PairModel, StoredPairModel } from '../../src/models/pair-model.ts';
import type { Rng } from '../../src/random/rng.ts';
import type { Registered } from '../../src/registry.ts';
import type { GenericSchema } from '../../src/schema.ts';
import type { Exposure, OfPair } from './exposure/exposure.ts';

export type { OfPair };

/** All that a recommender may see. */
export interface RecommendationInput {
  readonly log: InteractionLog;
  readonly exposure: Exposure; //             as the configured exposure estimator has it
  /** The target of every pair, for `ideal` only: relevance γ, the rating behind an unseen pair, or the conversion that a click would bring. */
  readonly oracle: OfPair | null;
  readonly loss: PairLoss;
  readonly target: (row: number) => number; // of an observed row, in [0, 1]: click, conversion, or rating on its scale
  readonly training: PairTrainingOptions;
  readonly rng: Rng;
  newModel(label: string): PairModel; //      untrained; equal labels give equal initial parameters
}

/** What a recommender has learnt. */
export interface Recommender {
  /** Higher is better; a probability goes through `predict` of the loss. */
  readonly scores: PairModel['score'];
  /** Of the score: the probability, or rating on [0, 1], that it stands for; null where it only ranks (pairwise learners). */
  readonly predict: ((score: number) => number) | null;
  readonly record: TrainingRecord | null;
  /** What its scores are made of, for a file. */
  readonly stored?: () => StoredPairModel;
  /** P(O = 1) that it weighed by, given to it or learnt on the way; null where it weighs by none. */
  readonly exposure?: Exposure | null;
}

/** A recommender with its options: learns from the interactions of an input. */
export type LearnRecommender = (input: RecommendationInput) => Recommender;

/**
 * A learner of recommendations, by name; `create` takes decoded options. Its `source` is that of an exposure that it has itself, in place of the
 * configured one.
 */
export type RecommenderEntry<S extends GenericSchema = GenericSchema> = Registered<S, (options: never) => LearnRecommender> &
  Sourced & {
    /** Its scores stand for no probability: there is no log loss. */
    readonly ranksOnly?: boolean;
    /** It asks for the exposure of pairs that the log has no row of. */
    readonly unseenExposure?: boolean;
    readonly reference?: boolean; // has seen the truth, or learns nothing of users: a point to compare with, not in the race for the best
    readonly untrained?: boolean; // takes neither the model nor the training of the config
  };

/** What a recommender has of its model. */
export const scored = ({ score, stored }: PairModel): Pick<Recommender, 'scores' | 'stored'> => ({
  scores: score,
  ...(stored && { stored }),
});
