import { UsageError } from '../errors.ts';
import type { Rng } from '../random/rng.ts';
import { nearName } from '../registry.ts';
import { percentileInterval } from '../stats/bootstrap.ts';
import { type BootstrapDifference, bootstrapDifference } from '../stats/bootstrap-difference.ts';
import { correctDefined } from '../stats/corrections.ts';
import { type CorrelationName, correlations } from '../stats/correlations.ts';
import { williamsTest } from '../stats/dependent-correlations.ts';
import { type Estimate, orNull } from '../stats/estimate.ts';
import { pearson } from '../stats/pearson.ts';
import { clustersOf, type ResamplingUnit, resampleClusters } from './resampling-unit.ts';
import type { ScoredSessions } from './scored-sessions.ts';

/** How a metric correlates with satisfaction, and how that differs from the baseline metric on the same search sessions. */
export interface MetricAgreement {
  readonly metric: string;
  readonly correlation: CorrelationName;
  readonly estimate: Estimate; //                 bootstrap percentile interval; NaN where the metric is constant
  readonly difference: Estimate | null; //        from the baseline's correlation; null for the baseline, or without one
  readonly p: number | null; //                   of that difference, bootstrap, two-sided; null where it is undefined
  readonly adjustedP: number | null; //           Holm over the metrics compared by this coefficient
  readonly williamsP: number | null; //           Pearson only: Williams' test, which supposes normal data and independent sessions
}

/** How metrics are held against satisfaction: which one the others are compared with, what is resampled, how often, and the level of intervals. */
export interface AgreementOptions {
  readonly baseline?: string | null;
  readonly unit?: ResamplingUnit; // session
  readonly resamples?: number; //    2,000
  readonly level?: number; //        0.95
  readonly onProgress?: (done: number, total: number) => void;
}

/**
 * Correlations of every metric with satisfaction. All metrics meet the same resamples, so the difference of two correlations, which share
 * satisfaction and mostly much of the metric, has the interval it deserves. Rows come metric by metric, in the order of `correlations`.
 * @throws UsageError when the baseline is not among the metrics, and as {@link clustersOf}
 */
export function satisfactionAgreement(scored: ScoredSessions, rng: Rng, options: AgreementOptions = {}): MetricAgreement[] {
  const { baseline = null, unit = 'session', resamples = 2000, level = 0.95, onProgress } = options;
  const { metrics, values, satisfaction } = scored;
  const reference = baseline === null ? -1 : metrics.indexOf(baseline);
  if (baseline !== null && reference < 0)
    throw new UsageError(
      `baseline "${baseline}" is not among the metrics${nearName(baseline, metrics) || ';'} they are: ${metrics.join(', ')}`,
    );
  const names = Object.keys(correlations) as CorrelationName[];
  const statistics = metrics.map((_, m) => names.map((name) => correlations[name].counted(values[m], satisfaction)));
  const once = new Float64Array(satisfaction.length).fill(1);
  const observed = statistics.map((ofMetric) => ofMetric.map((statistic) => statistic(once)));
  const drawn = metrics.map(() => names.map(() => new Float64Array(resamples)));
  resampleClusters(clustersOf(scored.sessions, unit), resamples, rng, (counts, b) => {
    for (let m = 0; m < metrics.length; m++) for (let c = 0; c < names.length; c++) drawn[m][c][b] = statistics[m][c](counts);
    onProgress?.(b + 1, resamples);
  });
  const n = satisfaction.length;
  const columns = names.map((correlation, c): MetricAgreement[] => {
    const differences = metrics.map((_, m): BootstrapDifference | null =>
      reference < 0 || m === reference
        ? null
        : bootstrapDifference(observed[m][c], observed[reference][c], drawn[m][c], drawn[reference][c], n, level),
    );
    const p = differences.map((one) => one && orNull(one.p));
    const adjusted = correctDefined('holm', p);
    return metrics.map((metric, m) => ({
      metric,
      correlation,
      estimate: percentileInterval(observed[m][c], drawn[m][c], n, level),
      difference: differences[m]?.difference ?? null,
      p: p[m],
      adjustedP: adjusted[m],
      williamsP: correlation === 'pearson' && differences[m] !== null ? williams(scored, m, reference) : null,
    }));
  });
  return metrics.flatMap((_, m) => columns.map((column) => column[m]));
}

function williams({ values, satisfaction }: ScoredSessions, m: number, reference: number): number | null {
  const [first, second] = [pearson(values[m], satisfaction), pearson(values[reference], satisfaction)];
  const between = pearson(values[m], values[reference]);
  if (Number.isNaN(first) || Number.isNaN(second)) return null;
  return orNull(williamsTest({ first, second, between, n: satisfaction.length }).p);
}
