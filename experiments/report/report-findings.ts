import { noteworthy, references } from '../summary/summary.ts';
import { testingOf } from '../summary/summary-words.ts';
import { exposureFault, exposureFaults, tellFrom } from '../tasks/recommendation/exposure-faults.ts';
import { sharedExposures } from '../tasks/recommendation/exposure-picture.ts';
import { findings } from './findings.ts';
import { valueText } from './grouping.ts';
import type { ReportSummary } from './report-summary.ts';
import type { GroupDetails } from './run-details.ts';

/** The answer in sentences: with one column as of a run, with several in how many of them a method is above or below the baseline. */
export function reportFindings(summary: ReportSummary, details: readonly GroupDetails[]): string[] {
  return [...comparisons(summary), ...trainingNotes(summary, details), ...exposureNotes(summary, details)];
}

function comparisons(summary: ReportSummary): string[] {
  const { columns, methods, baseline } = summary;
  if (new Set(columns.map(({ group }) => group.id)).size === 1) return findings(summary);
  const { alpha } = testingOf(summary);
  return methods.flatMap(({ method, name, cells }) => {
    const tested = cells.filter(({ adjustedP }) => adjustedP !== null);
    if (references.has(name) || tested.length === 0) return [];
    const significant = tested.filter(({ adjustedP }) => (adjustedP as number) < alpha);
    const above = significant.filter(({ difference }) => (difference?.value ?? 0) > 0).length;
    const below = significant.length - above;
    return [
      `${method}: above ${baseline} in ${above} of ${tested.length} columns${below > 0 ? `, below it in ${below}` : ''} (corrected p below ${alpha}).`,
    ];
  });
}

/** What went wrong in training, method by method, in how many of all trainings. */
function trainingNotes({ rows }: ReportSummary, details: readonly GroupDetails[]): string[] {
  return rows.flatMap((row) => {
    const statuses = details.filter((one) => one.row.id === row.id).flatMap((one) => one.statuses);
    return noteworthy.flatMap(([words, holds]) => {
      const count = statuses.filter(holds).length;
      return count === 0 ? [] : [`${row.values.map(valueText).join(' · ')}: ${words} in ${count} of ${statuses.length} trainings.`];
    });
  });
}

/** Which exposures are off the truth: with one column the estimates, with several in how many columns, and how in the first of them. */
function exposureNotes({ rows, columns }: ReportSummary, details: readonly GroupDetails[]): string[] {
  const ofRow = (id: string) => details.filter((one) => one.row.id === id && one.exposures.length > 0);
  const words = (row: ReportSummary['rows'][number]) => row.values.map(valueText).join(' · ');
  if (new Set(columns.map(({ group }) => group.id)).size === 1)
    return exposureFaults(
      sharedExposures(rows.map((row) => ({ title: words(row), exposures: ofRow(row.id).flatMap((one) => one.exposures) }))),
    ).map((text) => `${text[0].toUpperCase()}${text.slice(1)}.`);
  return rows.flatMap((row) => {
    const all = ofRow(row.id);
    const faults = all.flatMap((one) => exposureFault(one.exposures) ?? []);
    return faults.length === 0
      ? []
      : [
          `${words(row)}: exposure off by more than a factor of ${tellFrom} in ${faults.length} of ${all.length} columns; first: ${faults[0]}.`,
        ];
  });
}
