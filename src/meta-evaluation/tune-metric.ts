import type { SearchSession } from '../data/search-session.ts';
import { UsageError } from '../errors.ts';
import { permutation } from '../random/permutation.ts';
import type { Rng } from '../random/rng.ts';
import { percentileInterval } from '../stats/bootstrap.ts';
import { type BootstrapDifference, bootstrapDifference } from '../stats/bootstrap-difference.ts';
import { type CorrelationName, correlations } from '../stats/correlations.ts';
import type { Estimate } from '../stats/estimate.ts';
import type { MetricGrid } from './metric-grid.ts';
import { clustersOf, type ResamplingUnit, resampleClusters } from './resampling-unit.ts';
import { type MetricColumn, scoreSessions, type UndefinedRule } from './scored-sessions.ts';

/** A point of the grid that a metric was tuned over, and what it came to. */
export interface TunedPoint {
  readonly metric: string;
  readonly options: Readonly<Record<string, string>>; // as written in the grid
  readonly tuning: number; //                            correlation on the tuning half
  readonly heldOut: number; //                           and on the other
}

/** Parameters chosen on one half of the search sessions, judged on the other. */
export interface Tuning {
  readonly correlation: CorrelationName;
  readonly sessions: { readonly tuning: number; readonly heldOut: number };
  readonly grid: readonly TunedPoint[];
  readonly varied: readonly string[]; //    options that take more than one value
  readonly chosen: string; //               highest on the tuning half; the first of equals
  readonly heldOut: Estimate; //            of the chosen, on the held-out half
  readonly untuned: { readonly metric: string; readonly heldOut: Estimate };
  readonly gain: BootstrapDifference; //    chosen less untuned, on the held-out half
}

/** How `tuneMetric` judges the points of a grid. */
export interface TuningOptions {
  readonly correlation?: CorrelationName; //     spearman
  readonly undefinedRule?: UndefinedRule;
  readonly unit?: ResamplingUnit; //             whole units go to one half, and are resampled
  readonly resamples?: number;
}

/**
 * Tunes a metric's options on a random half of the units and reports on the other half, where nothing was chosen, against the metric as it
 * was given untuned. The best of a grid on the data that chose it is too good; the held-out interval is not.
 * @throws UsageError as {@link scoreSessions} and {@link clustersOf}, or when no point of the grid varies on the tuning half
 */
export function tuneMetric(
  sessions: readonly SearchSession[],
  untuned: MetricColumn,
  { points, varied }: MetricGrid,
  rng: Rng,
  options: TuningOptions = {},
): Tuning {
  const { correlation = 'spearman', undefinedRule = 'skip', unit = 'session', resamples = 2000 } = options;
  const columns = points.map(({ column }) => column);
  const scored = scoreSessions(sessions, [{ ...untuned, name: `untuned ${untuned.name}` }, ...columns], undefinedRule);
  const clusters = clustersOf(scored.sessions, unit);
  const order = permutation(clusters.count, rng.fork('split'));
  const inTuning = new Uint8Array(clusters.count);
  for (const cluster of order.subarray(0, Math.ceil(clusters.count / 2))) inTuning[cluster] = 1;
  const half = (which: number) => [...clusters.of.keys()].filter((i) => inTuning[clusters.of[i]] === which);
  const [tuning, heldOut] = [half(1), half(0)];
  const correlate = (rows: readonly number[], m: number) =>
    correlations[correlation].counted(pick(scored.values[m], rows), pick(scored.satisfaction, rows));
  const once = (rows: readonly number[]) => new Float64Array(rows.length).fill(1);
  const grid = points.map(
    ({ column, options: at }, p): TunedPoint => ({
      metric: column.name,
      options: at,
      tuning: correlate(tuning, p + 1)(once(tuning)),
      heldOut: correlate(heldOut, p + 1)(once(heldOut)),
    }),
  );
  const best = grid.reduce((top, { tuning: r }, p) => (top < 0 ? (Number.isNaN(r) ? -1 : p) : r > grid[top].tuning ? p : top), -1);
  if (best < 0) throw new UsageError(`${untuned.name} is constant on the tuning half whatever its options: there is nothing to tune`);
  const [tunedStatistic, plainStatistic] = [correlate(heldOut, best + 1), correlate(heldOut, 0)];
  const drawn = [new Float64Array(resamples), new Float64Array(resamples)];
  const heldOutClusters = clustersOf(
    heldOut.map((i) => scored.sessions[i]),
    unit,
  );
  resampleClusters(heldOutClusters, resamples, rng.fork('resamples'), (counts, b) => {
    drawn[0][b] = tunedStatistic(counts);
    drawn[1][b] = plainStatistic(counts);
  });
  const [tuned, plain] = [tunedStatistic(once(heldOut)), plainStatistic(once(heldOut))];
  return {
    correlation,
    sessions: { tuning: tuning.length, heldOut: heldOut.length },
    grid,
    varied,
    chosen: grid[best].metric,
    heldOut: percentileInterval(tuned, drawn[0], heldOut.length),
    untuned: { metric: untuned.name, heldOut: percentileInterval(plain, drawn[1], heldOut.length) },
    gain: bootstrapDifference(tuned, plain, drawn[0], drawn[1], heldOut.length),
  };
}

const pick = (values: Float64Array, rows: readonly number[]) => Float64Array.from(rows, (i) => values[i]);
