import { findings } from './findings.ts';
import type { ReportSummary } from './report-summary.ts';
import { references } from './summary.ts';
import { testingOf } from './summary-words.ts';

/** The answer in sentences: with one column as of a run, with several in how many of them a method is above or below the baseline. */
export function reportFindings(summary: ReportSummary): string[] {
  const { columns, methods, baseline } = summary;
  if (new Set(columns.map(({ group }) => group.id)).size === 1) return findings(summary);
  const { alpha } = testingOf(summary);
  return methods.flatMap(({ method, name, cells }) => {
    const tested = cells.filter(({ adjustedP }) => adjustedP !== null);
    if (references.has(name) || tested.length === 0) return [];
    const significant = tested.filter(({ adjustedP }) => (adjustedP as number) < alpha);
    const above = significant.filter(({ difference }) => (difference?.value ?? 0) > 0).length;
    const parts = [
      `above ${baseline} in ${above}`,
      `below it in ${significant.length - above}`,
      `not to be told from it in ${tested.length - significant.length}`,
    ];
    return [`${method}: ${parts.join(', ')} of ${tested.length} columns (corrected p < ${alpha}).`];
  });
}
