import { testingOf } from '../summary/summary-words.ts';
import { findings, wentWrong } from './findings.ts';
import type { ReportSummary } from './report-summary.ts';

/** The answer in sentences: with one column as of a run, with several in how many of them a method is above or below the baseline; then what went wrong. */
export function reportFindings(summary: ReportSummary, main?: string): string[] {
  const { columns, methods, baseline } = summary;
  if (new Set(columns.map(({ group }) => group.id)).size === 1) return findings(summary, main);
  const { alpha } = testingOf(summary);
  const compared = methods.flatMap(({ method, reference, cells }) => {
    const tested = cells.filter(({ adjustedP }) => adjustedP !== null);
    if (reference || tested.length === 0) return [];
    const significant = tested.filter(({ adjustedP }) => (adjustedP as number) < alpha);
    const above = significant.filter(({ difference }) => (difference?.value ?? 0) > 0).length;
    return [{ method, tested: tested.length, above, below: significant.length - above }];
  });
  const level = compared.filter(({ above, below }) => above + below === 0);
  const together = level.length > 2; // a line each says no more
  const single = compared
    .filter((one) => !together || !level.includes(one))
    .map(
      ({ method, tested, above, below }) =>
        `${method}: above ${baseline} in ${above} of ${tested} columns${below > 0 ? `, below it in ${below}` : ''} (corrected p below ${alpha}).`,
    );
  const rest = `told apart from ${baseline} in no column (corrected p below ${alpha}): ${level.map(({ method }) => method).join(', ')}.`;
  return [...single, ...(together ? [rest] : []), ...wentWrong(summary)];
}
