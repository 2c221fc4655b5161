import type { SearchSession } from '../data/search-session.ts';
import type { Rng } from '../random/rng.ts';
import type { PairTestName } from '../stats/discriminative-power.ts';
import { goldMetrics, hasClicks } from './gold-metrics.ts';
import { type Intuitiveness, intuitiveness } from './intuitiveness.ts';
import type { MetricGrid } from './metric-grid.ts';
import { metricMatrix } from './metric-matrix.ts';
import { type MetricPower, metricPower, type SystemLog } from './metric-power.ts';
import type { ResamplingUnit } from './resampling-unit.ts';
import { type MetricAgreement, satisfactionAgreement } from './satisfaction-agreement.ts';
import { type MetricColumn, type ScoredSessions, scoreSessions, type UndefinedRule } from './scored-sessions.ts';
import { type Tuning, tuneMetric } from './tune-metric.ts';

/** What session metrics are to be compared on: search sessions with satisfaction, and how. */
export interface MetaEvaluationRequest {
  readonly sessions: readonly SearchSession[];
  readonly metrics: readonly MetricColumn[];
  readonly baseline?: string | null; //         the metric that the others are tested against; the first when absent, null: no tests
  readonly undefinedRule?: UndefinedRule; //    skip
  readonly unit?: ResamplingUnit; //            session
  readonly resamples?: number; //               2,000
  readonly golds?: readonly string[]; //        satisfaction, gain-found (with clicks), few-queries
  readonly tuning?: { readonly metric: MetricColumn; readonly grid: MetricGrid } | null; // null: none
  readonly systems?: readonly SystemLog[]; //   logs of the other systems, for discriminative power
  readonly pairTest?: PairTestName; //          randomised-tukey
  readonly onProgress?: (stage: string, done: number, total: number) => void;
}

/** What `metaEvaluate` found, metric by metric in the order of the request. */
export interface MetaEvaluation {
  readonly scored: ScoredSessions;
  readonly baseline: string | null;
  readonly agreement: readonly MetricAgreement[];
  readonly matrix: readonly Float64Array[]; // Kendall's τ_b between metrics
  readonly intuitiveness: readonly Intuitiveness[];
  readonly power: readonly MetricPower[]; //   none without other systems
  readonly tuning: Tuning | null;
}

/** Golds that metrics are held against where a request names none. */
export const defaultGolds = ['satisfaction', 'gain-found', 'few-queries'] as const;

/** Those that the log has what it takes for. */
const usualGolds = (sessions: readonly SearchSession[]): string[] =>
  sessions.every(hasClicks) ? [...defaultGolds] : defaultGolds.filter((name) => !('clicks' in goldMetrics[name]));

/**
 * How well metrics say what users of rated search sessions said: agreement with satisfaction, agreement with each other, intuitiveness,
 * discriminative power where several systems are given, and what tuning gains on sessions it was not done on.
 * The streams `agreement`, `intuitiveness`, `power` and `tuning` of `rng` draw what their names say. Errors as each part.
 */
export function metaEvaluate(request: MetaEvaluationRequest, rng: Rng): MetaEvaluation {
  const { sessions, metrics, undefinedRule = 'skip', unit = 'session', resamples = 2000 } = request;
  const golds = request.golds ?? usualGolds(sessions);
  const { tuning = null, systems = [], pairTest = 'randomised-tukey', onProgress } = request;
  onProgress?.('score', 0, metrics.length);
  const scored = scoreSessions(sessions, metrics, undefinedRule);
  const baseline = request.baseline === undefined ? scored.metrics[0] : request.baseline;
  const agreement = satisfactionAgreement(scored, rng.fork('agreement'), {
    baseline,
    unit,
    resamples,
    onProgress: (done, total) => done % Math.ceil(total / 20) === 0 && onProgress?.('resample', done, total),
  });
  onProgress?.('concordance', 0, golds.length);
  const concordance = intuitiveness(scored, golds, rng.fork('intuitiveness'));
  onProgress?.('systems', 0, systems.length);
  const logs = [{ name: 'log', sessions }, ...systems];
  const power = systems.length === 0 ? [] : metricPower(logs, metrics, rng.fork('power'), { test: pairTest, undefinedRule });
  onProgress?.('tune', 0, tuning?.grid.points.length ?? 0);
  const tuned = tuning && tuneMetric(sessions, tuning.metric, tuning.grid, rng.fork('tuning'), { unit, undefinedRule, resamples });
  return { scored, baseline, agreement, matrix: metricMatrix(scored.values), intuitiveness: concordance, power, tuning: tuned };
}
