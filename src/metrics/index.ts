export { accuracy } from './accuracy.ts';
export { auc } from './auc.ts';
export { averagePrecision } from './average-precision.ts';
export { binaryGain } from './binary-gain.ts';
export { bpref } from './bpref.ts';
export { type CompatibilityOptions, compatibility } from './compatibility.ts';
export { dcg } from './dcg.ts';
export { debiasedAuc } from './debiased-auc.ts';
export { pooledDebiasedAveragePrecision } from './debiased-average-precision.ts';
export { debiasedMetric, doublyRobustLabels, ipsLabels, type PartlyObserved, pooledDebiasedMetric, rankWorth } from './debiased-metric.ts';
export { err } from './err.ts';
export { evaluateRanking } from './evaluate-ranking.ts';
export { evaluateRun } from './evaluate-run.ts';
export { isExposureMetric, policyExposure } from './expected-exposure.ts';
export {
  bejeweledPlayer,
  type Continuation,
  expectedUtility,
  type GradeScale,
  insq,
  inst,
  nearlyErr,
  scaledDiscount,
  utilityByRank,
} from './expected-utility.ts';
export { idealDcg } from './ideal-dcg.ts';
export { inferredAveragePrecision } from './inferred-average-precision.ts';
export {
  intentAwareAveragePrecision,
  intentAwarePrecision,
  logarithmic,
  type NoveltyOptions,
  normalisedNoveltySum,
  noveltySum,
  type RankWorth,
  reciprocal,
  subtopicRecall,
} from './intent-aware.ts';
export { interpolatedPrecision } from './interpolated-precision.ts';
export { judged } from './judged.ts';
export { type JudgedRankings, judgedRankings } from './judged-rankings.ts';
export { type JudgedRows, judgedRows } from './judged-rows.ts';
export { logAveragePrecision } from './log-average-precision.ts';
export { logBpref } from './log-bpref.ts';
export type { Measure, MeasureParameter } from './measure.ts';
export { measures } from './measures.ts';
export {
  ANY_LABEL,
  type EmptyQueries,
  type Metric,
  type MetricOptions,
  perQuery,
  SMALLEST_GRADE,
} from './metric-options.ts';
export { type MetricEntry, metrics } from './metrics.ts';
export { ndcg } from './ndcg.ts';
export { ndcgAtGrades } from './ndcg-at-grades.ts';
export { ndcgAtRelevant } from './ndcg-at-relevant.ts';
export { nerr } from './nerr.ts';
export { normalisedGain } from './normalised-gain.ts';
export {
  type NoveltyRbpOptions,
  normalisedNoveltyRankBiasedPrecision,
  noveltyRankBiasedPrecision,
} from './novelty-rank-biased-precision.ts';
export { ORDERS, overOrders } from './over-orders.ts';
export { type NamedMeasure, parseMeasure, parseMeasures } from './parse-measure.ts';
export { type NamedMetric, parseMetric } from './parse-metric.ts';
export { precision } from './precision.ts';
export { type RPrecisionOptions, rPrecision } from './r-precision.ts';
export { rankBiasedPrecision } from './rank-biased-precision.ts';
export { rankBiasedResidual } from './rank-biased-residual.ts';
export { type RankedLabels, rankDocuments, rankLabels } from './rank-labels.ts';
export { recall } from './recall.ts';
export { reciprocalRank } from './reciprocal-rank.ts';
export { relativePrecision } from './relative-precision.ts';
export { relevanceWarning } from './relevance-warning.ts';
export { saitoAveragePrecision } from './saito-average-precision.ts';
export { saitoDcg } from './saito-dcg.ts';
export { saitoRecall } from './saito-recall.ts';
export { type SubtopicMetric, type SubtopicRule, subtopicMetric } from './subtopic-metric.ts';
export { success } from './success.ts';
export { definedValues, type Summary, summarise } from './summarise.ts';
export { chooseTopics, refuseNoCommonTopic, type TopicChoice } from './topic-choice.ts';
export { isCount, isOverallOnly, trecAverage } from './trec-average.ts';
export { expandTrecName, fromTrecName, trecName } from './trec-names.ts';
export { unjudged } from './unjudged.ts';
export { utility, type Worth } from './utility.ts';
