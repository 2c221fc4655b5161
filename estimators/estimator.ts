import type { Bias } from '../src/bias.ts';
import type { BiasSource, Sourced } from '../src/bias-source.ts';
import type { ClickLog } from '../src/data/click-log.ts';
import type { LogPieces } from '../src/data/log-pieces.ts';
import type { QuerySet } from '../src/data/query-set.ts';
import type { GainRule } from '../src/label-gains.ts';
import type { Optimiser } from '../src/learners/optimiser.ts';
import type { TrainingRecord } from '../src/learners/train.ts';
import type { TrainingOptions } from '../src/learners/training-options.ts';
import type { RankingLoss } from '../src/losses/loss.ts';
import type { Scorer } from '../src/models/scorer.ts';
import type { Rng } from '../src/random/rng.ts';
import type { Registered } from '../src/registry.ts';
import type { GenericSchema } from '../src/schema.ts';
import type { EstimatedBias } from './bias/estimated-bias.ts';
import type { FitEnding } from './fit-ending.ts';
import type { LoggedClicks } from './logged-clicks.ts';
import type { WeightKind } from './weightings/loss-fault.ts';

export type { KnownBias, LoggedClicks } from './logged-clicks.ts';

/** Scores of all documents of a query set, length D: higher ranks first. */
export type Ranker = (set: QuerySet) => Float32Array;

/** The ranker behind a log, which may be made when it is first asked for, and how its training ended where that is known. */
export type ProductionRanker = Ranker & { readonly record?: () => TrainingRecord | null };

/** All that a learner may see. Labels of the query set are for the skyline only. */
export interface LearningInput {
  readonly train: LoggedClicks;
  /** The training log in pieces, where it is larger than memory; `train` then has the sessions of some of its queries, by which bias is estimated. */
  readonly pieces?: LogPieces | null;
  readonly heldOut: LoggedClicks | null; //     other queries or sessions, for early stopping
  readonly randomised: ClickLog | null; //      sessions shown in random order, on the training queries
  readonly production: ProductionRanker | null; // what ordered the lists of the log
  readonly highestGrade: number; //             Y, of the label scale
  readonly gains?: GainRule; //                 how labels become gains; exponential when absent
  readonly loss: RankingLoss;
  readonly training: TrainingOptions;
  readonly rng: Rng;
  newScorer(): Scorer; //                       untrained; every call gives the same initial parameters
  newOptimiser(parameterCount: number, relativeRate?: number): Optimiser; // relativeRate multiplies the configured learning rate
}

/** What an estimator has learnt. Size: K ranks. */
export interface Learned {
  readonly rank: Ranker;
  readonly scorer: Scorer | null; //            the trained model, where there is one
  readonly examination: Float64Array | null; // θ_k / θ_0 that the learner used or estimated per position, length K
  readonly examinationSource?: BiasSource; //   where that comes from; absent: the `source` of the entry
  readonly affine?: Extract<Bias, { kind: 'affine' }>; // α_k and β_k that clicks were corrected by, likewise
  readonly ending?: FitEnding; //               of a click model whose labels were learnt from
  readonly bias?: EstimatedBias; //              all that was estimated of the bias, where an estimator of bias did it
  readonly record: TrainingRecord | null;
  readonly passes?: number; //                  how often each list of a log in pieces was drawn, in the mean; absent where all was learnt from `train`
  readonly clippedShare?: number; //            share of the training log's clicks whose inverse weight was cut; absent where none can be
}

/** An estimator with its options: learns a ranker from the logs of an input, and sees nothing of the truth. */
export type Learn = (input: LearningInput) => Learned;

/** A learner of a ranker from a log, by name; `create` takes decoded options. */
export type EstimatorEntry<S extends GenericSchema = GenericSchema> = Registered<S, (options: never) => Learn> &
  Sourced & {
    readonly weights?: WeightKind; // what its weights ask of the loss
    readonly ownLoss?: boolean; //   it learns by a likelihood of its own, and not by the loss of the run
    readonly byGradient?: boolean; // it tells its loss's gradient and no second derivative, which trees need
    readonly reference?: boolean; // a point to compare with, not in the race for the best
  };
