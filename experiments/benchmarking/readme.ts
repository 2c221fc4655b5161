import type { StoredRun } from '../records/stored-run.ts';
import { shapesTable } from '../report/expected-shapes.ts';
import type { RunsReport } from '../report/gather-report.ts';
import { groupWords, valueText } from '../report/grouping.ts';
import type { ReportSummary } from '../report/report-summary.ts';
import { markdownOfTable, type TextTable } from '../report/text-table-forms.ts';
import { winnersTable } from '../report/winners.ts';
import { formatMean } from '../summary/format-number.ts';
import type { SweepFile } from '../sweep/sweep-file.ts';

const sessions = 'simulation.sessions';

/** The README of a benchmark's results: source, split, protocol, code and machine, command; then who won, what theory says, and every mean. */
export function benchmarkReadme(sweep: SweepFile, sizes: readonly string[], report: RunsReport, command: string): string {
  const { runs, summary, failed } = report;
  const winners = winnersTable(summary);
  const shapes = shapesTable(summary);
  return [
    `# ${sweep.name}`,
    `${runs.length} runs, ${summary.rows.length} methods, ${seedsOf(runs)} seeds: every configuration tried is here and in [results.csv](results.csv), none was chosen after the results. [report.html](report.html) draws them. \`p_corrected\` and \`significant\` of results.csv are corrected over all rows of a metric, and so are stricter than who won where, which asks each combination for itself.`,
    '## Protocol',
    protocol(sweep, sizes, runs),
    '## Repeat it',
    `\`\`\`\n${command}\n\`\`\`\n\n${provenance(runs)}`,
    ...(failed.length === 0 ? [] : [`${failed.length} runs failed and are missing: ${failed.map(({ id }) => id).join(', ')}.`]),
    ...(winners === null ? [] : [`## ${winners.title}`, withoutTitle(winners)]),
    ...(shapes === null ? [] : [`## ${shapes.title}`, withoutTitle(shapes)]),
    '## All means',
    ...meanTables(summary).map(markdownOfTable),
    ...summary.warnings.map((warning) => `- ${warning}`),
  ].join('\n\n');
}

const withoutTitle = (table: TextTable): string => markdownOfTable({ ...table, title: '' });
const seedsOf = (runs: readonly StoredRun[]) => new Set(runs.flatMap(({ seeds }) => seeds)).size;

function protocol({ data, base }: SweepFile, sizes: readonly string[], runs: readonly StoredRun[]): string {
  const { data: own, evaluation } = base as unknown as {
    readonly data: { readonly path?: string | null; readonly synthetic?: Readonly<Record<string, unknown>> };
    readonly evaluation?: { readonly metrics?: readonly unknown[] };
  };
  const source =
    own?.path == null
      ? `synthetic queries, the same for all seeds: ${JSON.stringify(own?.synthetic ?? {})}`
      : `\`${own.path}\`, read as it is: train, validation and test are its own files`;
  const files = Object.entries(data).flatMap(([, hashes]) => Object.entries(hashes).map(([name, hash]) => `\`${name}\` SHA-256 ${hash}`));
  return [
    `- Data: ${[source, ...sizes].join('. ')}.${files.length > 0 ? ` ${files.join('; ')}.` : ''}`,
    '- Training sees clicks of the training queries, and clicks of the validation queries for early stopping and the choice of penalties; no label but for references. Metrics are of the test queries, by their labels, which nothing else has seen.',
    `- Seeds ${[...new Set(runs.flatMap(({ seeds }) => seeds))].join(', ')}; metrics ${(evaluation?.metrics ?? []).map((metric) => (typeof metric === 'string' ? metric : JSON.stringify(metric))).join(', ')}; methods are paired by seed, which draws the production ranker and the clicks.`,
    '- [config.yaml](config.yaml), with what its first line adds where it is a comment of that, is the whole config; what it does not say are the defaults of the version below.',
  ].join('\n');
}

const commitOf = (state: StoredRun['status']['code']): string | undefined =>
  state ? `commit ${state.commit}${state.dirty ? ' with changes' : ''}` : undefined;

function provenance(runs: readonly StoredRun[]): string {
  const each = (of: (run: StoredRun) => string | undefined) => [...new Set(runs.flatMap((run) => of(run) ?? []))].join('; ');
  const seconds = runs.reduce((sum, { status }) => sum + (status.wallSeconds?.total ?? 0), 0);
  return [
    `Code: counterrank ${each(({ status }) => status.versions?.counterrank)}, ${each(({ status }) => commitOf(status.code)) || 'as installed'}; node ${each(({ status }) => status.versions?.node)}`,
    `Machine: ${each(({ status }) => status.machine && `${status.machine.cpu}, ${status.machine.cores} cores`)}; ${(seconds / 60).toFixed(1)} minutes of runs in all (environment.json has more).`,
  ].join('. ');
}

/** Methods down, sessions across, a table for every other combination; means with half their interval. */
function meanTables({ grouping: { columnKeys }, columns, methods, metrics, samples }: ReportSummary): TextTable[] {
  const along = columnKeys.indexOf(sessions);
  const titleOf = (c: number) => {
    const { group, metric } = columns[c];
    const words = groupWords(group.values, columnKeys).filter((_, k) => k !== along);
    return [...words, metric].join(' · ');
  };
  const titles = [...new Set(metrics.map((_, c) => titleOf(c)))];
  return titles.map((title) => {
    const own = metrics.flatMap((_, c) => (titleOf(c) === title ? [c] : []));
    return {
      title,
      head: ['method', ...own.map((c) => (along < 0 ? columns[c].metric : `${valueText(columns[c].group.values[along])} sessions`))],
      rows: methods.map(({ method, cells }) => [method, ...own.map((c) => formatMean(cells[c].mean))]),
      note: `Mean ± half the 95 % t interval over ${samples}.`,
    };
  });
}
