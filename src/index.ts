/** The core: data, randomness, models, losses, learners, metrics, statistics. Click models, simulators and estimators have sub-paths of their own. */
export type { Bias } from './bias.ts';
export { type ClickLog, type ClickSums, checkClickLog, clickSums, positionsOf, sessionsOf } from './data/click-log.ts';
export { ClickLogBuilder } from './data/click-log-builder.ts';
export { compact } from './data/compact.ts';
export { concatLogs } from './data/concat-logs.ts';
export { type BuilderOptions, IdTable, InteractionBuilder, type InteractionRecord } from './data/interactions/interaction-builder.ts';
export {
  checkInteractionLog,
  filterRows,
  findRow,
  firstOfPairs,
  type InteractionData,
  type InteractionLog,
  indexesWhere,
  itemClicks,
  itemRows,
  type PairFeatures,
  rowUsers,
} from './data/interactions/interaction-log.ts';
export { type InteractionReader, interactionReaders } from './data/interactions/interaction-readers.ts';
export { readInteractions } from './data/interactions/read-interactions.ts';
export type { DataSplits, QuerySet } from './data/query-set.ts';
export { readClickLog } from './data/read-click-log.ts';
export { readSplits } from './data/read-splits.ts';
export { readSvmlight } from './data/read-svmlight.ts';
export { fitScaling, type Scaling, scaleFeatures } from './data/scale-features.ts';
export type { SearchResult, SearchSession } from './data/search-session.ts';
export { subsetLists } from './data/subset-lists.ts';
export { type SyntheticOptions, syntheticOptions } from './data/synthetic-options.ts';
export { syntheticQueries } from './data/synthetic-queries.ts';
export { writeClickLog } from './data/write-click-log.ts';
export { writeSvmlight } from './data/write-svmlight.ts';
export { DataError, UsageError } from './errors.ts';
export { listBatches } from './learners/batches.ts';
export { optimisers } from './learners/optimisers.ts';
export { type PairTrainingOptions, pairTrainingOptions } from './learners/pair-training-options.ts';
export { type Learner, type TrainingRecord, type TrainingStatus, train } from './learners/train.ts';
export { type TrainingOptions, trainingOptions } from './learners/training-options.ts';
export * from './losses/index.ts';
export { type PairLoss, pairLosses } from './losses/pair-loss.ts';
export * from './metrics/index.ts';
export { type PairModel, scorePair } from './models/pair-model.ts';
export { pairModels } from './models/pair-models.ts';
export { loadScorer, saveScorer } from './models/save-scorer.ts';
export type { Scorer } from './models/scorer.ts';
export { scorers } from './models/scorers.ts';
export * from './random/index.ts';
export * from './stats/index.ts';
export { type BackendReport, openBackend } from './tensor/backend.ts';
