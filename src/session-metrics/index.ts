export { clickThroughEnhancement } from './click-through-enhancement.ts';
export { type DcgConvention, dcgConventions } from './dcg-convention.ts';
export {
  evaluateSessions,
  type SessionEvaluation,
  type SessionEvaluationRequest,
  type SystemScore,
} from './evaluate-sessions.ts';
export { type LabelSource, ownLabel } from './label-options.ts';
export { type NumScores, num, numScorer } from './num.ts';
export { type NumOptions, numOptions } from './num-options.ts';
export { numSensitivity, type SensitivityPoint } from './num-sensitivity.ts';
export { type NamedSessionMetric, parseSessionMetric } from './parse-session-metric.ts';
export type { SessionMetric, SessionMetricEntry } from './session-metric.ts';
export { sessionMetrics } from './session-metrics.ts';
export { type LabelSettings, labelsOf, settleLabels } from './settle-labels.ts';
