/** The core: data, randomness, models, losses, learners, metrics, statistics. Click models, simulators and estimators have sub-paths of their own. */
export type { Bias } from './bias.ts';
export { type Accounting, accountingLines, Ledger, type Read } from './data/accounting.ts';
export { type ClickLog, type ClickSums, checkClickLog, clickSums, positionsOf, sessionsOf } from './data/click-log.ts';
export { ClickLogBuilder } from './data/click-log-builder.ts';
export { compact } from './data/compact.ts';
export { concatLogs } from './data/concat-logs.ts';
export type { NamedDocumentColumns } from './data/documents/document-columns.ts';
export { type DocumentTable, type DocumentTableOptions, readDocumentTable } from './data/documents/read-document-table.ts';
export { type DocumentOptions, readDocuments } from './data/documents/read-documents.ts';
export {
  type BuilderOptions,
  InteractionBuilder,
  InteractionIds,
  type InteractionRecord,
} from './data/interactions/interaction-builder.ts';
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
export { writeInteractions } from './data/interactions/write-interactions.ts';
export { textLines } from './data/line-blocks.ts';
export { ListNames } from './data/list-columns.ts';
export { joinPieces, type LogPieces, piecesOfLog } from './data/log-pieces.ts';
export * from './data/log-store/index.ts';
export type { NamedClickLog, SessionOrder } from './data/named-logs/named-click-log.ts';
export { type NamedLogFormatName, namedLogFormats } from './data/named-logs/named-log-formats.ts';
export { type ReadNamedClickLogOptions, readNamedClickLog } from './data/named-logs/read-named-click-log.ts';
export type { DataSplits, QuerySet } from './data/query-set.ts';
export { readClickLog } from './data/read-click-log.ts';
export { readFeatureLog } from './data/read-feature-log.ts';
export { readParquet } from './data/read-parquet.ts';
export {
  type ReadSearchSessionsOptions,
  readSearchSessions,
  type SearchSessionLog,
} from './data/read-search-sessions.ts';
export { readSplits } from './data/read-splits.ts';
export { readSvmlight } from './data/read-svmlight.ts';
export { fitScaling, type Scaling, scaleFeatures } from './data/scale-features.ts';
export type { SearchQuery, SearchResult, SearchSession } from './data/search-session.ts';
export { type SessionLogFormatName, sessionLogFormats } from './data/session-logs/session-log-formats.ts';
export { type SplitOptions, splitClickLog } from './data/split-click-log.ts';
export { subsetLists } from './data/subset-lists.ts';
export { type SyntheticOptions, syntheticOptions } from './data/synthetic-options.ts';
export { syntheticQueries } from './data/synthetic-queries.ts';
export { qrelsOf, runOf } from './data/trec/from-query-set.ts';
export { createTrecIds, IdTable, type TrecIds } from './data/trec/id-table.ts';
export type { Qrels } from './data/trec/qrels.ts';
export { type ReadQrelsOptions, readQrels } from './data/trec/read-qrels.ts';
export { readRun } from './data/trec/read-run.ts';
export type { SubtopicJudgments } from './data/trec/subtopics.ts';
export type { TrecRun } from './data/trec/trec-run.ts';
export { writeQrels } from './data/trec/write-qrels.ts';
export { writeRun } from './data/trec/write-run.ts';
export { writeClickLog } from './data/write-click-log.ts';
export { writeLightgbmLog } from './data/write-lightgbm-log.ts';
export { writeParquet } from './data/write-parquet.ts';
export { writeSearchSessions } from './data/write-search-sessions.ts';
export { writeSvmlight } from './data/write-svmlight.ts';
export { decodeOptions } from './decode-options.ts';
export * from './diagnostics/index.ts';
export { DataError, UsageError } from './errors.ts';
export * from './fairness/index.ts';
export { type GainName, type GainRule, type GainScale, type GainTable, gainOf, gainScale, gains } from './label-gains.ts';
export { type ListBatch, listBatches, type RankingLists, wholeBatch } from './learners/batches.ts';
export type { Optimiser } from './learners/optimiser.ts';
export { optimisers } from './learners/optimisers.ts';
export { type PairTrainingOptions, pairTrainingOptions } from './learners/pair-training-options.ts';
export { pieceBatches } from './learners/piece-batches.ts';
export { type Normaliser, normalisedLoss, rankingLearner, scorerStepper } from './learners/ranking-learner.ts';
export { scoresShown } from './learners/shown-documents.ts';
export { type Learner, type TrainingRecord, type TrainingStatus, train } from './learners/train.ts';
export { type TrainingOptions, trainingOptions } from './learners/training-options.ts';
export * from './losses/index.ts';
export { type PairLoss, pairLosses } from './losses/pair-loss.ts';
export * from './meta-evaluation/index.ts';
export * from './metrics/index.ts';
export { onnxScorer } from './models/onnx-scorer.ts';
export { type PairModel, type StoredPairModel, type StoredRows, scorePair } from './models/pair-model.ts';
export { pairModels } from './models/pair-models.ts';
export { hasPlainWeights, plainWeights } from './models/plain-weights.ts';
export { type LoadedRecommender, loadRecommender, type StoredRecommender, saveRecommender } from './models/save-recommender.ts';
export { loadScorer, readLightGbmScorer, saveScorer } from './models/save-scorer.ts';
export type { ScoreLoss, Scorer } from './models/scorer.ts';
export { type ScorerEntry, scorers } from './models/scorers.ts';
export * from './plackett-luce/index.ts';
export * from './random/index.ts';
export { type Described, lookup, make, type Registered } from './registry.ts';
export {
  above,
  array,
  boolean,
  check,
  type Decoded,
  type GenericSchema,
  integer,
  literal,
  nullable,
  openProbability,
  optional,
  picklist,
  pipe,
  positive,
  probability,
  real,
  record,
  type Schema,
  strictObject,
  string,
  transform,
  union,
  variant,
} from './schema.ts';
export * from './session-metrics/index.ts';
export * from './stats/index.ts';
export { type BackendReport, openBackend } from './tensor/backend.ts';
