import { accountingLines } from '../../src/data/accounting.ts';
import { UsageError } from '../../src/errors.ts';
import { createRng } from '../../src/random/rng.ts';
import { nearName } from '../../src/registry.ts';
import { cellDifference, cellMean } from '../../src/stats/compare-cells.ts';
import { correctDefined } from '../../src/stats/corrections.ts';
import { plural } from '../charts/query-difference-picture.ts';
import type { StoredRun } from '../records/stored-run.ts';
import { mainMetric } from '../summary/summarise-run.ts';
import { type Baseline, findBaseline } from './find-baseline.ts';
import { chooseGrouping, type Grouping, groupWords, valueText } from './grouping.ts';
import { leftOutLines } from './left-out.ts';
import { type Group, type Measurements, measure } from './measurements.ts';
import { averagedWarning, pairWarnings } from './pairing-warnings.ts';
import type { Presentations } from './presentation.ts';
import { isProvenance, provenanceKeys } from './provenance-keys.ts';
import { compareValues, inRegistryOrder } from './report-order.ts';
import type { ReportCell, ReportColumn, ReportOptions, ReportSummary } from './report-summary.ts';
import { lossesOf, methodOrder, pooledIn, seedsVaryIn, unitsOf, usualBaseline } from './told-by-runs.ts';

/**
 * Means, intervals and tests over many runs, grouped by config keys and paired by seed, by query or by both.
 * @param presentations in whose order methods stand; those of tasks that nobody knows come last
 * @throws UsageError for a key, metric or baseline that the runs do not have
 */
export async function summariseRuns(
  runs: readonly StoredRun[],
  options: ReportOptions,
  presentations: Presentations,
): Promise<ReportSummary> {
  const grouping = chooseGrouping(runs, options.by);
  const metrics = chooseMetrics(runs, options.metrics, grouping);
  const measured = await measure(runs, grouping, options.unit === 'seed' ? 'seed' : 'query', metrics);
  const rows = inRegistryOrder(measured.rows, methodOrder(runs, presentations));
  const groups = inColumnOrder(measured.columns, grouping, runs);
  const columns = groups.flatMap((group) =>
    metrics.map((metric) => ({ group, metric, label: columnLabel(group, metric, grouping, metrics) })),
  );
  const { usual, warnings } = options.baseline === null ? usualBaseline(runs) : { usual: null, warnings: [] };
  const earlier = options.baseline === null ? firstRun(grouping, groups) : null;
  const baseline = findBaseline(options.baseline ?? earlier, usual, grouping, rows, groups);
  const cells = columns.map((column) => columnCells(measured, rows, column, groups, baseline, options));
  adjust(cells, columns, options);
  const lowerIsBetter = lossesOf(runs);
  const best = cells.map((ofColumn, c) => bestMean(rows, ofColumn, lowerIsBetter.includes(columns[c].metric)));
  const units = `test ${unitsOf(runs, metrics).map(plural).join(' and ')}` as const;
  const samples = { seed: 'seeds', query: units, both: `seeds and ${units}` } as const;
  return {
    baseline: baseline.label,
    baselineRow: baseline.row,
    metrics: columns.map(({ label }) => label),
    lowerIsBetter,
    samples: samples[options.unit],
    ...(options.unit === 'query' ? {} : seedsVaryIn(runs)),
    ...(options.unit === 'seed' ? {} : { pooled: metrics.filter((metric) => pooledIn(runs).has(metric)) }),
    ...(options.unit === 'both' ? { crossedSeeds: new Set(runs.flatMap((run) => run.metrics.map(({ seed }) => seed))).size } : {}),
    testing: { test: options.unit === 'both' ? 'crossed-t' : options.test, correction: options.correction, alpha: options.alpha },
    grouping,
    rows,
    columns,
    methods: rows.map((row, r) => ({
      method: row.values.map(valueText).join(' · '),
      name: row.name,
      reference: row.reference,
      notes: [],
      cells: cells.map((ofColumn, c) => ({ ...ofColumn[r], best: !row.reference && ofColumn[r].mean.value === best[c] })),
    })),
    warnings: [
      ...warnings,
      ...measured.warnings,
      ...(await leftOutLines(runs)),
      ...accountingLines(runs.flatMap(({ accounting }) => accounting)),
      ...averagedWarning(runs, grouping),
      ...pairWarnings(
        { cells, rows, columns, groups, baseline, grouping },
        options.unit === 'seed' ? 'seeds' : unitsOf(runs, metrics).map(plural).join(' and '),
      ),
    ],
  };
}

/** Runs and commits in the order in which they were given, everything else by its values. */
function inColumnOrder(columns: readonly Group[], { columnKeys }: Grouping, runs: readonly StoredRun[]): Group[] {
  const given = columnKeys.map((key) => (isProvenance(key) ? [...new Set(runs.map(provenanceKeys[key]))] : null));
  const order = ({ values }: Group) => values.map((value, k) => given[k]?.indexOf(value) ?? value);
  return [...columns].sort((a, b) => compareValues(order(a), order(b)));
}

/** Who groups by runs or commits and names no baseline wants the others beside the first. */
function firstRun({ columnKeys }: Grouping, groups: readonly Group[]): string | null {
  const k = columnKeys.findIndex(isProvenance);
  const values = new Set(groups.map((group) => group.values[k]));
  return k < 0 || values.size < 2 ? null : `${columnKeys[k]}=${groups[0].values[k]}`;
}

/** Those asked for, else the one that readers ask for first; all of them where the table would have one column. */
function chooseMetrics(runs: readonly StoredRun[], asked: readonly string[] | null, { columnKeys }: Grouping): string[] {
  const known = [...new Set(runs.flatMap(({ metrics }) => metrics.map(({ metric }) => metric)))];
  if (asked === null) {
    if (columnKeys.length === 0) return known;
    return [mainMetric(known)];
  }
  for (const metric of asked)
    if (!known.includes(metric)) {
      const near = nearName(metric, known);
      throw new UsageError(`no run measured "${metric}"${near === '' ? ';' : near} there are: ${known.join(', ')}`);
    }
  return [...new Set(asked)];
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
      return { metric, mean: noValue, values: [], samples: [], difference: null, p: null, adjustedP: null, best: false, compared: null };
    const place = baseline.of(r, groups.indexOf(group));
    const rng = test === 'sign-flip' ? createRng(`report/${row.id}/${group.id}/${metric}`) : null;
    const other = place && measured.at(rows[place.row], groups[place.column], metric);
    const compared = other ? cellDifference(own, other, unit, rng) : null;
    const p = compared && { 'paired-t': compared.pairedT, 'sign-flip': compared.signFlip }[test];
    return {
      metric,
      ...cellMean(own, unit),
      samples: [...own.keys()],
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
    const compared = columns.flatMap((column, c) => (column.metric === metric ? cells[c].map(({ p }, r) => ({ c, r, p })) : []));
    const adjusted = correctDefined(
      correction,
      compared.map(({ p }) => p),
    );
    for (const [i, { c, r }] of compared.entries()) cells[c][r] = { ...cells[c][r], adjustedP: adjusted[i] };
  }
}

/** The highest mean (of a loss: the lowest) of the rows that are no reference points; NaN where there is none. */
function bestMean(rows: readonly Group[], cells: readonly ReportCell[], lowerIsBetter: boolean): number {
  const means = cells.flatMap(({ mean }, r) => (rows[r].reference || Number.isNaN(mean.value) ? [] : [mean.value]));
  return means.length === 0 ? Number.NaN : means.reduce((a, b) => (lowerIsBetter ? Math.min(a, b) : Math.max(a, b)));
}
