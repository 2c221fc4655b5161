import { UsageError } from '../../src/errors.ts';
import { createRng } from '../../src/random/rng.ts';
import { nearName } from '../../src/registry.ts';
import { corrections } from '../../src/stats/corrections.ts';
import type { StoredRun } from '../records/stored-run.ts';
import { references } from '../summary/summary.ts';
import { lowerIsBetter } from '../tasks/recommendation/recommendation-metrics.ts';
import { cellDifference, cellMean } from './compare-cells.ts';
import { type Baseline, findBaseline } from './find-baseline.ts';
import { chooseGrouping, type Grouping, groupWords, valueText } from './grouping.ts';
import { type Group, type Measurements, measure } from './measurements.ts';
import { averagedWarning, pairWarnings } from './pairing-warnings.ts';
import { compareValues, inRegistryOrder } from './report-order.ts';
import type { ReportCell, ReportColumn, ReportOptions, ReportSummary } from './report-summary.ts';

/**
 * Means, intervals and tests over many runs, grouped by config keys and paired by seed, by query or by both.
 * @throws UsageError for a key, metric or baseline that the runs do not have
 */
export async function summariseRuns(runs: readonly StoredRun[], options: ReportOptions): Promise<ReportSummary> {
  const grouping = chooseGrouping(runs, options.by);
  const metrics = chooseMetrics(runs, options.metrics, grouping);
  const measured = await measure(runs, grouping, options.unit === 'seed' ? 'seed' : 'query', metrics);
  const rows = inRegistryOrder(measured.rows);
  const groups = [...measured.columns].sort((a, b) => compareValues(a.values, b.values));
  const columns = groups.flatMap((group) =>
    metrics.map((metric) => ({ group, metric, label: columnLabel(group, metric, grouping, metrics) })),
  );
  const baseline = findBaseline(options.baseline, usualBaseline(runs), grouping, rows, groups);
  const cells = columns.map((column) => columnCells(measured, rows, column, groups, baseline, options));
  adjust(cells, columns, options);
  const best = cells.map((ofColumn) => bestMean(rows, ofColumn));
  const samples = { seed: 'seeds', query: 'test queries', both: 'seeds and test queries' } as const;
  return {
    baseline: baseline.label,
    baselineRow: baseline.row,
    metrics: columns.map(({ label }) => label),
    samples: samples[options.unit],
    ...(options.unit === 'both' ? { crossedSeeds: new Set(runs.flatMap((run) => run.metrics.map(({ seed }) => seed))).size } : {}),
    testing: { test: options.unit === 'both' ? 'crossed-t' : options.test, correction: options.correction, alpha: options.alpha },
    grouping,
    rows,
    columns,
    methods: rows.map((row, r) => ({
      method: row.values.map(valueText).join(' · '),
      name: row.name,
      notes: [],
      cells: cells.map((ofColumn, c) => ({ ...ofColumn[r], best: best[c] === r })),
    })),
    warnings: [
      ...measured.warnings,
      ...averagedWarning(runs, grouping),
      ...pairWarnings({ cells, rows, columns, groups, baseline, grouping }, options.unit),
    ],
  };
}

/** Those asked for, else the one that readers ask for first; all of them where the table would have one column. */
function chooseMetrics(runs: readonly StoredRun[], asked: readonly string[] | null, { columnKeys }: Grouping): string[] {
  const known = [...new Set(runs.flatMap(({ metrics }) => metrics.map(({ metric }) => metric)))];
  if (asked === null) {
    if (columnKeys.length === 0) return known;
    return [known.includes('ndcg@10') ? 'ndcg@10' : known[0]];
  }
  for (const metric of asked)
    if (!known.includes(metric)) {
      const near = nearName(metric, known);
      throw new UsageError(`no run measured "${metric}"${near === '' ? ';' : near} there are: ${known.join(', ')}`);
    }
  return [...new Set(asked)];
}

/** The baseline that all configs name; else the naive method. */
function usualBaseline(runs: readonly StoredRun[]): string | null {
  const named = new Set(runs.map(({ config }) => config.baseline ?? 'naive'));
  const [only] = named;
  return named.size === 1 ? String(only) : 'naive';
}

function columnLabel({ values }: Group, metric: string, { columnKeys }: Grouping, metrics: readonly string[]): string {
  const words = groupWords(values, columnKeys);
  return [...words, ...(metrics.length > 1 || words.length === 0 ? [metric] : [])].join(' · ');
}

const noValue = { value: Number.NaN, standardError: Number.NaN, lower: Number.NaN, upper: Number.NaN, n: 0 };

/** One column; p is that of the test asked for, not yet corrected. */
function columnCells(
  measured: Measurements,
  rows: readonly Group[],
  { group, metric }: ReportColumn,
  groups: readonly Group[],
  baseline: Baseline,
  { unit, test }: ReportOptions,
): ReportCell[] {
  return rows.map((row, r) => {
    const own = measured.at(row, group, metric);
    if (own === undefined)
      return { metric, mean: noValue, values: [], difference: null, p: null, adjustedP: null, best: false, compared: null };
    const place = baseline.of(r, groups.indexOf(group));
    const rng = test === 'sign-flip' ? createRng(`report/${row.id}/${group.id}/${metric}`) : null;
    const other = place && measured.at(rows[place.row], groups[place.column], metric);
    const compared = other ? cellDifference(own, other, unit, rng) : null;
    const p = compared && { 'paired-t': compared.pairedT, 'sign-flip': compared.signFlip }[test];
    return {
      metric,
      ...cellMean(own, unit),
      difference: compared?.difference ?? null,
      p: unit === 'both' ? (compared?.crossedT ?? null) : p,
      adjustedP: null,
      best: false,
      compared,
    };
  });
}

/** Corrects the p-values of each metric over all its comparisons in the table. */
function adjust(cells: ReportCell[][], columns: readonly ReportColumn[], { correction }: ReportOptions): void {
  for (const metric of new Set(columns.map((column) => column.metric))) {
    const tested = columns.flatMap((column, c) =>
      column.metric === metric ? cells[c].flatMap(({ p }, r) => (p === null || Number.isNaN(p) ? [] : [{ c, r, p }])) : [],
    );
    const adjusted = corrections[correction](tested.map(({ p }) => p));
    for (const [i, { c, r }] of tested.entries()) cells[c][r] = { ...cells[c][r], adjustedP: adjusted[i] };
  }
}

/** The row with the highest mean (of a loss: the lowest) of those that learn from clicks; −1 where there is none. */
function bestMean(rows: readonly Group[], cells: readonly ReportCell[]): number {
  let [best, highest] = [-1, -Infinity];
  for (const [r, { mean, metric }] of cells.entries()) {
    const value = lowerIsBetter(metric) ? -mean.value : mean.value;
    if (!references.has(rows[r].name) && value > highest) [best, highest] = [r, value];
  }
  return best;
}
