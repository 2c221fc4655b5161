import type { ClickLog } from '../../src/data/click-log.ts';
import type { DataSplits, QuerySet } from '../../src/data/query-set.ts';
import type { Scaling } from '../../src/data/scale-features.ts';
import type { TrainingStatus } from '../../src/learners/train.ts';
import type { StoredRecommender } from '../../src/models/save-recommender.ts';
import type { Scorer } from '../../src/models/scorer.ts';
import type { RunConfig } from '../tasks/ranking/run-config.ts';

/** The engine says where it stands; whoever shows it decides how. `done` of `total` counts seed × method, or what the stage is made of. */
export interface ProgressEvent {
  readonly stage: string; //  simulate, train, evaluate …
  readonly done: number;
  readonly total: number;
  readonly detail: string; // seed 2/5, dual-learning
  readonly method?: string; // label, where the time is one method's
}
export type OnProgress = (event: ProgressEvent) => void;

/** θ_k / θ_0 per position, length K; null where the method has none, or the truth is unknown. */
export interface PropensityCurves {
  readonly estimated: Float64Array | null;
  readonly truth: Float64Array | null;
}

/**
 * Exposures of recommendation over a group of pairs (or observed rows): of all; of a tenth of the items by their clicks, 1 the fewest; of a
 * tenth of the pairs by true exposure, 1 the lowest. What needs the truth is null where there is none.
 */
export interface ExposureGroup {
  readonly by: 'all' | 'popularity' | 'true-exposure';
  readonly group: number;
  readonly count: number;
  readonly truth: number | null; //             mean θ
  readonly estimated: number; //                mean θ̂
  readonly absoluteError: number | null; //     mean |θ̂ − θ|
  readonly logRatio: number | null; //          mean of ln(θ̂/θ) over θ > 0: the factor that weights are off by in common
  readonly logRatioDeviation: number | null; // its standard deviation: what they are off by beside that
}

export interface LearningCurvePoint {
  readonly step: number;
  readonly trainingLoss: number;
  readonly heldOutLoss: number | null;
  readonly testMetric?: number;
}

/** How a method's training ended; bestStep 0: the parameters that training started from were never improved on. */
export type MethodStatus = TrainingStatus;

/** All that a run found. Arrays are indexed [seed][method] or [seed][method][metric], in the order of the three name lists. */
export interface RunResult {
  readonly seeds: readonly string[];
  readonly methods: readonly string[]; // labels, in config order
  readonly metrics: readonly string[];
  /**
   * What one value of a metric is about: its name in per-query.csv is a query id (of a recommendation: a user id), or the 1-based number of a
   * search session, or 1 where one value is about the whole test part.
   */
  readonly units: readonly ('query' | 'search-session' | 'world')[]; // per metric
  readonly queryIds: readonly string[]; // of the test queries
  readonly perQuery: readonly (readonly (readonly Float64Array[])[])[]; // NaN: left out of the mean
  readonly means: readonly (readonly (readonly number[])[])[];
  readonly skipped: readonly (readonly (readonly number[])[])[]; //       how many values were left out of each mean
  readonly propensities: readonly (readonly PropensityCurves[])[];
  readonly exposures?: readonly (readonly (readonly ExposureGroup[])[])[]; // of recommendations; empty where a method weighs by none
  readonly curves: readonly (readonly (readonly LearningCurvePoint[])[])[]; // empty where nothing was trained
  readonly status: readonly (readonly (MethodStatus | null)[])[]; //         null where nothing was trained
  readonly models: readonly (readonly (Scorer | null)[])[];
  readonly recommenders?: readonly (readonly (StoredRecommender | null)[])[]; // of recommendations, in the place of models
  readonly clippedShare: readonly (readonly (number | null)[])[]; //         of the clicks whose weight was cut; null where none can be
  readonly scaling: Scaling; // fitted on the training part; models expect features scaled by it
  readonly warnings: readonly string[];
}

export type RunExperiment = (config: RunConfig, backend: string, onProgress: OnProgress) => Promise<RunResult>;

/** What `counterrank simulate` writes: the first seed of the config. */
export interface SimulatedData {
  readonly splits: DataSplits; //           as read or made, features not scaled
  readonly trainLog: ClickLog;
  readonly validationLog: ClickLog | null;
  readonly randomisedLog: ClickLog | null;
  readonly truth: unknown; //               JSON: attraction, examination, bias parameters; kept in a folder of its own
}
export type SimulateFromConfig = (config: RunConfig, onProgress: OnProgress) => Promise<SimulatedData>;

/** What `counterrank train` writes: [method], the first seed of the config. */
export interface TrainedModels {
  readonly methods: readonly string[];
  readonly models: readonly (Scorer | null)[];
  readonly status: readonly (MethodStatus | null)[];
  readonly propensities: readonly PropensityCurves[];
  readonly curves: readonly (readonly LearningCurvePoint[])[];
  readonly scaling: Scaling;
  readonly warnings: readonly string[];
}
export interface LogFiles {
  readonly log: string; //                  clicks on the training queries
  readonly validationLog: string | null; // clicks on the validation queries, for early stopping
  readonly randomisedLog: string | null; // clicks on training queries shown in random order, for propensities
}
export type TrainFromLog = (config: RunConfig, files: LogFiles, backend: string, onProgress: OnProgress) => Promise<TrainedModels>;

/** A saved model as `counterrank evaluate` loads it. */
export interface LoadedModel {
  readonly label: string;
  readonly scorer: Scorer;
  readonly scaling: Scaling;
}
export interface EvaluationRequest {
  readonly models: readonly LoadedModel[];
  readonly data: string; //    SVMlight file with labels
  readonly metrics: readonly string[];
  readonly emptyQueries: RunConfig['evaluation']['emptyQueries'];
  readonly highestGrade: number; // of the label scale, for err
}
export interface ModelEvaluation {
  readonly queryIds: readonly string[];
  readonly perQuery: readonly (readonly Float64Array[])[]; // [model][metric], NaN: left out
  readonly querySet: QuerySet;
  readonly scores: readonly Float32Array[]; // [model], one per document
}
export type EvaluateModels = (request: EvaluationRequest, onProgress: OnProgress) => Promise<ModelEvaluation>;
