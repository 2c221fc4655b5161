import { csvOf } from '../records/csv.ts';
import type { Screen } from '../terminal/screen.ts';
import { comparisonRows } from './comparison-rows.ts';
import { latexTable } from './latex-table.ts';
import type { ReportSummary } from './report-summary.ts';
import { markdownTable, resultTable } from './result-table.ts';

/** The forms of a report that are text; `html` is a page of its own. */
export const textFormats = {
  terminal: (summary: ReportSummary, screen: Screen) =>
    [resultTable(summary, screen), ...summary.warnings.map((line) => `note: ${line}`)].join('\n'),
  markdown: (summary: ReportSummary) => `${markdownTable(summary)}${summary.warnings.map((line) => `\n- ${line}`).join('')}`.trimEnd(),
  csv(summary: ReportSummary) {
    const { head, rows } = comparisonRows(summary);
    return csvOf(head, rows);
  },
  latex: (summary: ReportSummary) => latexTable(summary).trimEnd(),
  json: (summary: ReportSummary) => JSON.stringify(reportJson(summary), null, 2),
} as const;

/** All numbers under their names; what JSON cannot say (NaN, ±Infinity) is null. */
export function reportJson(summary: ReportSummary): object {
  const { grouping, baseline, samples, testing, crossedSeeds, seedsVary, warnings, methods, remarks = [] } = summary;
  const { head, rows } = comparisonRows(summary);
  return {
    groupedBy: [...grouping.rowKeys, ...grouping.columnKeys],
    averagedOver: [...grouping.contextKeys, ...grouping.methodContext],
    baseline,
    samples,
    ...(crossedSeeds === undefined ? {} : { seeds: crossedSeeds }),
    ...(seedsVary === undefined ? {} : { seedsVary }),
    ...testing,
    remarks,
    notes: methods.flatMap(({ method, notes }) => notes.map((note) => ({ method, note }))),
    warnings,
    cells: rows.map((row) => Object.fromEntries(row.map((value, i) => [head[i], value]))),
  };
}
