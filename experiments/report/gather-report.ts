import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AxisLine } from '../charts/axis-picture.ts';
import { collectRecords } from '../records/collect-records.ts';
import type { StoredRun } from '../records/stored-run.ts';
import { mainMetric } from '../summary/summarise-run.ts';
import type { MetricDescription } from '../tables/study-description.ts';
import { distinguishingKeys, groupWords, valueText } from './grouping.ts';
import type { Presentation, Presentations } from './presentation.ts';
import { labelled, labelledGroup, labelsOf, relabelledReport } from './renaming.ts';
import { compareValues } from './report-order.ts';
import type { ReportOptions, ReportSummary } from './report-summary.ts';
import { type GroupDetails, runDetails } from './run-details.ts';
import { summariseRuns } from './summarise-runs.ts';
import { presentationsOf, withTold } from './told-of-runs.ts';
import { comparedMetric } from './unit-differences.ts';

/** All that a report over many runs shows. */
export interface RunsReport {
  readonly runs: readonly StoredRun[];
  readonly summary: ReportSummary; //  with names by the labels of the configs
  readonly numbers: ReportSummary; //  with the names themselves
  readonly metric: string; //  the main one: ndcg@10 where it is shown
  readonly failed: readonly FailedRun[];
  readonly details: readonly GroupDetails[]; // in the order of rows within that of columns
  readonly along: readonly {
    readonly axis: NonNullable<Presentation['axis']>;
    readonly pictures: readonly { readonly title: string; readonly lines: readonly AxisLine[] }[];
  }[];
  readonly compared: MetricDescription | null; // whose values are compared unit by unit
  readonly byUnit: readonly { readonly title: string; readonly differences: readonly number[] }[];
  readonly presentations: readonly Presentation[]; // of the runs' tasks
  readonly unknownTasks: readonly string[]; //        whose tables nobody here can draw
  readonly command: string; // that makes the report again
}

export interface FailedRun {
  readonly id: string;
  readonly error: string; // first line
}

/** The table, and what is told below it: all that text formats need; `numbers` for those that are read by programs. */
export async function gatherSummary(
  folders: readonly string[],
  options: ReportOptions,
  presentations: Presentations,
): Promise<{ runs: StoredRun[]; summary: ReportSummary; numbers: ReportSummary }> {
  const runs = await collectRecords(folders);
  const numbers = await withTold(await summariseRuns(runs, options, presentations), runs, presentations);
  return { runs, summary: relabelledReport(numbers, labelsOf(runs.map(({ config }) => config))), numbers };
}

/** @throws UsageError as `collectRecords` and `summariseRuns` */
export async function gatherReport(
  folders: readonly string[],
  options: ReportOptions,
  command: string,
  presentations: Presentations,
): Promise<RunsReport> {
  const { runs, summary, numbers } = await gatherSummary(folders, options, presentations);
  const labels = labelsOf(runs.map(({ config }) => config));
  const name = (text: string) => labelled(labels, text);
  const shown = [...new Set(numbers.columns.map(({ metric }) => metric))];
  const metric = mainMetric(shown);
  const tasks = [...new Set(runs.map(({ study }) => study.task))];
  const known = presentationsOf(runs, presentations);
  const described = new Map(runs.flatMap(({ study }) => study.metrics.map((one) => [one.label, one] as const)));
  const compared = comparedMetric(shown.flatMap((label) => described.get(label) ?? []));
  return {
    runs,
    summary,
    numbers,
    metric: name(metric),
    command,
    presentations: known,
    unknownTasks: tasks.filter((task) => presentations(task) === null),
    failed: await failedRuns(folders),
    details: (await orderedDetails(runs, numbers, known)).map((one) => ({
      ...one,
      row: labelledGroup(labels, one.row),
      column: labelledGroup(labels, one.column),
    })),
    along: (await alongAxes(runs, numbers, metric, options, presentations)).map(({ axis, pictures }) => ({
      axis,
      pictures: pictures.map(({ title, lines }) => ({
        title: name(title),
        lines: lines.map((line) => ({ ...line, method: name(line.method) })),
      })),
    })),
    compared: compared && { ...compared, label: name(compared.label) },
    byUnit: (await byUnit(runs, numbers, compared, options, presentations)).map((one) => ({ ...one, title: name(one.title) })),
  };
}

async function orderedDetails(
  runs: readonly StoredRun[],
  { rows, columns, grouping }: ReportSummary,
  presentations: readonly Presentation[],
): Promise<GroupDetails[]> {
  const rank = new Map(rows.map(({ id }, r) => [id, r]));
  const groups = columns.map(({ group }) => group.id);
  const shown = presentations.flatMap(({ views }) => views.map(({ table }) => table));
  const tables = [...new Map(shown.map((table) => [table.name, table])).values()];
  const details = (await runDetails(runs, grouping, tables)).filter(({ row, column }) => rank.has(row.id) && groups.includes(column.id));
  return details.sort(
    (a, b) => groups.indexOf(a.column.id) - groups.indexOf(b.column.id) || (rank.get(a.row.id) ?? 0) - (rank.get(b.row.id) ?? 0),
  );
}

/** The main metric along a task's axis where that varies, a picture per combination of the other column keys. */
async function alongAxes(
  runs: readonly StoredRun[],
  { grouping: { rowKeys, columnKeys } }: ReportSummary,
  metric: string,
  options: ReportOptions,
  presentations: Presentations,
): Promise<RunsReport['along']> {
  const varying = distinguishingKeys(runs);
  const along: RunsReport['along'][number][] = [];
  const axes = new Map(runs.flatMap(({ study }) => presentations(study.task)?.axis ?? []).map((axis) => [axis.key, axis]));
  for (const axis of axes.values()) {
    if (!varying.includes(axis.key)) continue;
    const others = columnKeys.filter((key) => key !== axis.key);
    const by = [...rowKeys, ...others, axis.key];
    const table = await summariseRuns(runs, { ...options, by, metrics: [metric], baseline: null, unit: 'seed' }, presentations);
    const titleOf = (values: ReportSummary['columns'][number]['group']['values']) => groupWords(values.slice(0, -1), others).join(' · ');
    const titles = [...new Set(table.columns.map(({ group }) => titleOf(group.values)))];
    const pictures = titles.map((title) => ({
      title,
      lines: table.methods.map(({ method, reference, cells }) => ({
        method,
        reference,
        points: table.columns.flatMap(({ group }, c) => {
          const { value, lower, upper } = cells[c].mean;
          const at = group.values.at(-1);
          if (titleOf(group.values) !== title || Number.isNaN(value) || typeof at !== 'number') return [];
          return [{ at, mean: value, lower, upper }];
        }),
      })),
    }));
    along.push({ axis, pictures });
  }
  return along;
}

/** Differences from the baseline per unit, each the mean over seeds, of every row and column that has one; none where no metric has values per unit. */
async function byUnit(
  runs: readonly StoredRun[],
  summary: ReportSummary,
  metric: MetricDescription | null,
  options: ReportOptions,
  presentations: Presentations,
): Promise<RunsReport['byUnit']> {
  const { grouping, baseline } = summary;
  const { rowKeys, columnKeys } = grouping;
  if (baseline === null || metric === null) return [];
  const unit = { ...options, by: [...rowKeys, ...columnKeys], metrics: [metric.label], unit: 'query', test: 'paired-t' } as const;
  const table =
    options.unit === 'query' && summary.columns.every((column) => column.metric === metric.label)
      ? summary
      : await summariseRuns(runs, unit, presentations);
  return table.columns.flatMap(({ group }, c) =>
    table.methods.flatMap(({ method, reference, cells }) => {
      const { compared } = cells[c];
      if (compared === null || reference) return [];
      return [{ title: [method, ...groupWords(group.values, columnKeys)].join(' · '), differences: compared.values }];
    }),
  );
}

async function failedRuns(folders: readonly string[]): Promise<FailedRun[]> {
  const failed: FailedRun[] = [];
  for (const folder of folders)
    for (const id of (await readdir(join(folder, 'failed')).catch(() => [])).sort()) {
      const text = await readFile(join(folder, 'failed', id, 'error.txt'), 'utf8').catch(() => '');
      failed.push({ id, error: text.trim().split('\n')[0] || 'no error was recorded' });
    }
  return failed;
}

/** Values of a run at the keys that vary, for a list of runs. */
export function runKeys(runs: readonly StoredRun[]): {
  keys: string[];
  sorted: StoredRun[];
  text: (run: StoredRun, key: string) => string;
} {
  const keys = distinguishingKeys(runs).filter((key) => key !== 'name');
  const values = (run: StoredRun) => [...keys.map((key) => run.keys.get(key) ?? null), run.id];
  return {
    keys,
    sorted: [...runs].sort((a, b) => compareValues(values(a), values(b))),
    text: (run, key) => valueText(run.keys.get(key) ?? null),
  };
}
