import type { StoredRun } from '../records/stored-run.ts';
import { toldOfRows, toldOr } from '../summary/notes.ts';
import type { Table } from '../tables/table.ts';
import { valueText } from './grouping.ts';
import type { Presentation, Presentations } from './presentation.ts';
import type { ReportSummary } from './report-summary.ts';
import { type GroupDetails, runDetails } from './run-details.ts';
import { tableFindings } from './table-findings.ts';
import { worseThanNaive } from './worse-than-naive.ts';

/** The presentations of the runs' tasks, each once. */
export const presentationsOf = (runs: readonly StoredRun[], presentations: Presentations): Presentation[] =>
  [...new Set(runs.map(({ study }) => study.task))].flatMap((task) => presentations(task) ?? []);

/** What several tasks tell; a thing that several have is told once. */
export function toldBy(presentations: readonly Presentation[]) {
  const once = <T>(all: readonly T[], key: (one: T) => unknown) => [...new Map(all.map((one) => [key(one), one])).values()];
  return {
    notes: once(
      presentations.flatMap(({ notes }) => notes),
      ({ words }) => words,
    ),
    findings: once(
      presentations.flatMap(({ findings }) => findings),
      ({ words }) => words,
    ),
    remarks: once(
      presentations.flatMap(({ remarks = [] }) => remarks),
      ({ table }) => table.name,
    ),
  };
}

/** The summary with what a single run tells beside its table: notes on methods, remarks on all of them, and findings among the warnings. */
export async function withTold(summary: ReportSummary, runs: readonly StoredRun[], presentations: Presentations): Promise<ReportSummary> {
  const told = toldBy(presentationsOf(runs, presentations));
  const tables = new Map([...told.notes, ...told.findings, ...told.remarks].map(({ table }): [string, Table] => [table.name, table]));
  const details = await runDetails(runs, summary.grouping, [...tables.values()]);
  const rows = summary.rows.map((row) => {
    const own = details.filter((one) => one.row.id === row.id);
    return { title: row.values.map(valueText).join(' · '), seriesOf: (table: string) => own.flatMap(({ seriesOf }) => seriesOf(table)) };
  });
  const { notes, remarks } = toldOfRows(
    rows,
    told,
    summary.columns.map(({ metric }) => metric),
  );
  return {
    ...summary,
    methods: summary.methods.map((method, r) => ({ ...method, notes: notes[r] })),
    remarks,
    warnings: [...summary.warnings, ...worseThanNaive(summary), ...findingLines(summary, details, told.findings)],
  };
}

/** What tables say: with one column method by method, with several in how many columns, and what in the first of them. */
function findingLines({ rows, columns }: ReportSummary, details: readonly GroupDetails[], told: Presentation['findings']): string[] {
  const ofRow = (id: string) => details.filter((one) => one.row.id === id);
  const nameOf = ({ values }: ReportSummary['rows'][number]): string => values.map(valueText).join(' · ');
  if (new Set(columns.map(({ group }) => group.id)).size === 1) {
    const methods = rows.map((row) => ({
      title: nameOf(row),
      seriesOf: (table: string) => ofRow(row.id).flatMap((one) => one.seriesOf(table)),
    }));
    return tableFindings(told, methods);
  }
  const broken = new Set<string>();
  const lines = rows.flatMap((row) =>
    told.flatMap(({ table, words, fault }) => {
      const all = ofRow(row.id).flatMap((one) => {
        const series = one.seriesOf(table.name).filter((some) => some.rows.length > 0);
        return series.length === 0 ? [] : [series];
      });
      const faults = all.flatMap((series) => toldOr(broken, `the finding "${words}"`, () => [fault(series)].filter((one) => one !== null)));
      return faults.length === 0 ? [] : [`${nameOf(row)}: ${words} in ${faults.length} of ${all.length} columns; first: ${faults[0]}`];
    }),
  );
  return [...lines, ...broken];
}
