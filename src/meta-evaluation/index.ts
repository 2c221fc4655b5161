export { type GoldName, goldMetrics, goldValues } from './gold-metrics.ts';
export { type Intuitiveness, intuitiveness } from './intuitiveness.ts';
export { type MetricGrid, numGrid, parseMetricGrid } from './metric-grid.ts';
export { metricMatrix } from './metric-matrix.ts';
export { type MetricPower, metricPower, type SystemLog } from './metric-power.ts';
export { clustersOf, type ResamplingUnit, resampleClusters } from './resampling-unit.ts';
export { type AgreementOptions, type MetricAgreement, satisfactionAgreement } from './satisfaction-agreement.ts';
export { type MetricColumn, type ScoredSessions, scoreSessions, type UndefinedRule } from './scored-sessions.ts';
export { type TunedPoint, type Tuning, type TuningOptions, tuneMetric } from './tune-metric.ts';
