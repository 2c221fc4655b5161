import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SessionsLine } from '../charts/sessions-picture.ts';
import { collectRecords } from '../records/collect-records.ts';
import type { StoredRun } from '../records/stored-run.ts';
import { references } from '../summary/summary.ts';
import { isPooled } from '../tasks/recommendation/recommendation-metrics.ts';
import { distinguishingKeys, groupWords, valueText } from './grouping.ts';
import { compareValues } from './report-order.ts';
import type { ReportOptions, ReportSummary } from './report-summary.ts';
import { type GroupDetails, runDetails } from './run-details.ts';
import { summariseRuns } from './summarise-runs.ts';

/** All that a report over many runs shows. */
export interface RunsReport {
  readonly runs: readonly StoredRun[];
  readonly summary: ReportSummary;
  readonly metric: string; //  the main one: ndcg@10 where it is shown
  readonly failed: readonly FailedRun[];
  readonly details: readonly GroupDetails[]; // in the order of rows within that of columns
  readonly bySessions: readonly { readonly title: string; readonly lines: readonly SessionsLine[] }[];
  readonly byQuery: readonly { readonly title: string; readonly metric: string; readonly differences: readonly number[] }[];
  readonly command: string; // that makes the report again
}

export interface FailedRun {
  readonly id: string;
  readonly error: string; // first line
}

/** The table alone: all that text formats need. */
export async function gatherSummary(
  folders: readonly string[],
  options: ReportOptions,
): Promise<{ runs: StoredRun[]; summary: ReportSummary }> {
  const runs = await collectRecords(folders);
  return { runs, summary: await summariseRuns(runs, options) };
}

/** @throws UsageError as `collectRecords` and `summariseRuns` */
export async function gatherReport(folders: readonly string[], options: ReportOptions, command: string): Promise<RunsReport> {
  const { runs, summary } = await gatherSummary(folders, options);
  const shown = summary.columns.map(({ metric }) => metric);
  const metric = shown.includes('ndcg@10') ? 'ndcg@10' : shown[0];
  return {
    runs,
    summary,
    metric,
    command,
    failed: await failedRuns(folders),
    details: await orderedDetails(runs, summary),
    bySessions: await bySessions(runs, summary, metric, options),
    byQuery: await byQuery(runs, summary, isPooled(metric) ? shown.find((one) => !isPooled(one)) : metric, options),
  };
}

async function orderedDetails(runs: readonly StoredRun[], { rows, columns, grouping }: ReportSummary): Promise<GroupDetails[]> {
  const rank = new Map(rows.map(({ id }, r) => [id, r]));
  const groups = columns.map(({ group }) => group.id);
  const details = (await runDetails(runs, grouping)).filter(({ row, column }) => rank.has(row.id) && groups.includes(column.id));
  return details.sort(
    (a, b) => groups.indexOf(a.column.id) - groups.indexOf(b.column.id) || (rank.get(a.row.id) ?? 0) - (rank.get(b.row.id) ?? 0),
  );
}

const sessionsKey = 'simulation.sessions';

/** The main metric by number of sessions where that varies, a picture per combination of the other column keys. */
async function bySessions(
  runs: readonly StoredRun[],
  { grouping: { rowKeys, columnKeys } }: ReportSummary,
  metric: string,
  options: ReportOptions,
): Promise<RunsReport['bySessions']> {
  if (!distinguishingKeys(runs).includes(sessionsKey)) return [];
  const others = columnKeys.filter((key) => key !== sessionsKey);
  const table = await summariseRuns(runs, {
    ...options,
    by: [...rowKeys, ...others, sessionsKey],
    metrics: [metric],
    baseline: null,
    unit: 'seed',
  });
  const titleOf = (values: ReportSummary['columns'][number]['group']['values']) => groupWords(values.slice(0, -1), others).join(' · ');
  const titles = [...new Set(table.columns.map(({ group }) => titleOf(group.values)))];
  return titles.map((title) => ({
    title,
    lines: table.methods.map(({ method, name, cells }) => ({
      method,
      reference: references.has(name) && name !== 'random',
      points: table.columns.flatMap(({ group }, c) => {
        const { value, lower, upper } = cells[c].mean;
        const sessions = group.values.at(-1);
        if (titleOf(group.values) !== title || Number.isNaN(value) || typeof sessions !== 'number') return [];
        return [{ sessions, mean: value, lower, upper }];
      }),
    })),
  }));
}

/** Differences from the baseline per query, each the mean over seeds, of every row and column that has one; none where no metric has values per query. */
async function byQuery(
  runs: readonly StoredRun[],
  summary: ReportSummary,
  metric: string | undefined,
  options: ReportOptions,
): Promise<RunsReport['byQuery']> {
  const {
    grouping: { rowKeys, columnKeys },
    baseline,
  } = summary;
  if (baseline === null || metric === undefined) return [];
  const table =
    options.unit === 'query' && summary.columns.every((column) => column.metric === metric)
      ? summary
      : await summariseRuns(runs, { ...options, by: [...rowKeys, ...columnKeys], metrics: [metric], unit: 'query', test: 'paired-t' });
  return table.columns.flatMap(({ group }, c) =>
    table.methods.flatMap(({ method, name, cells }) => {
      const { compared } = cells[c];
      if (compared === null || references.has(name)) return [];
      return [{ title: [method, ...groupWords(group.values, columnKeys)].join(' · '), metric, differences: compared.values }];
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
