import { testingOf } from '../summary/summary-words.ts';
import { findings } from './findings.ts';
import { valueText } from './grouping.ts';
import type { Presentation } from './presentation.ts';
import type { ReportSummary } from './report-summary.ts';
import type { GroupDetails } from './run-details.ts';
import { tableFindings } from './table-findings.ts';

/** The answer in sentences: with one column as of a run, with several in how many of them a method is above or below the baseline. */
export function reportFindings(
  summary: ReportSummary,
  details: readonly GroupDetails[],
  { notes = [], findings: told = [] }: Partial<Pick<Presentation, 'notes' | 'findings'>> = {},
): string[] {
  return [...comparisons(summary), ...noteLines(summary, details, notes), ...findingLines(summary, details, told)];
}

function comparisons(summary: ReportSummary): string[] {
  const { columns, methods, baseline } = summary;
  if (new Set(columns.map(({ group }) => group.id)).size === 1) return findings(summary);
  const { alpha } = testingOf(summary);
  return methods.flatMap(({ method, reference, cells }) => {
    const tested = cells.filter(({ adjustedP }) => adjustedP !== null);
    if (reference || tested.length === 0) return [];
    const significant = tested.filter(({ adjustedP }) => (adjustedP as number) < alpha);
    const above = significant.filter(({ difference }) => (difference?.value ?? 0) > 0).length;
    const below = significant.length - above;
    return [
      `${method}: above ${baseline} in ${above} of ${tested.length} columns${below > 0 ? `, below it in ${below}` : ''} (corrected p below ${alpha}).`,
    ];
  });
}

/** What holds of a seed of a run, method by method, in how many of all. */
function noteLines({ rows }: ReportSummary, details: readonly GroupDetails[], notes: Presentation['notes']): string[] {
  return rows.flatMap((row) => {
    const own = details.filter((one) => one.row.id === row.id);
    return notes.flatMap(({ table, words, holds }) => {
      const series = own.flatMap(({ seriesOf }) => seriesOf(table.name));
      const count = series.filter((one) => one.rows.some(holds)).length;
      return count === 0 ? [] : [`${nameOf(row)}: ${words} in ${count} of ${series.length} cases.`];
    });
  });
}

/** What tables say: with one column method by method, with several in how many columns, and what in the first of them. */
function findingLines({ rows, columns }: ReportSummary, details: readonly GroupDetails[], told: Presentation['findings']): string[] {
  const ofRow = (id: string) => details.filter((one) => one.row.id === id);
  if (new Set(columns.map(({ group }) => group.id)).size === 1) {
    const methods = rows.map((row) => ({
      title: nameOf(row),
      seriesOf: (table: string) => ofRow(row.id).flatMap((one) => one.seriesOf(table)),
    }));
    return tableFindings(told, methods).map((text) => `${text[0].toUpperCase()}${text.slice(1)}.`);
  }
  return rows.flatMap((row) =>
    told.flatMap(({ table, words, fault }) => {
      const all = ofRow(row.id).flatMap((one) => {
        const series = one.seriesOf(table.name).filter((some) => some.rows.length > 0);
        return series.length === 0 ? [] : [series];
      });
      const faults = all.flatMap((series) => fault(series) ?? []);
      return faults.length === 0 ? [] : [`${nameOf(row)}: ${words} in ${faults.length} of ${all.length} columns; first: ${faults[0]}.`];
    }),
  );
}

const nameOf = ({ values }: ReportSummary['rows'][number]): string => values.map(valueText).join(' · ');
