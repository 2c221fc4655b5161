import { csvOf } from '../records/csv.ts';
import { ownScreen, type Screen } from '../terminal/screen.ts';
import { forScreen } from '../terminal/wrap-words.ts';
import type { Arrangement } from './arrange-table.ts';
import { comparisonRows } from './comparison-rows.ts';
import { type PaperOptions, usualPaper } from './paper-cells.ts';
import { paperLatex } from './paper-latex.ts';
import { paperMarkdown } from './paper-markdown.ts';
import { paperTypst } from './paper-typst.ts';
import type { ReportSummary } from './report-summary.ts';
import { markdownTable, resultTable } from './result-table.ts';

/** How tables for papers are laid out. */
export interface TextLayout {
  readonly arrangement?: Arrangement | null; // null: the table as it is, for LaTeX and Typst what fits
  readonly paper?: PaperOptions;
}

const asFits: Arrangement = { columns: null, rows: null, split: null };

/** The forms of a report that are text; `html` is a page of its own. */
export const textFormats = {
  terminal: (summary: ReportSummary, screen: Screen) =>
    [resultTable(summary, screen), ...summary.warnings.map((line) => forScreen(`note: ${line}`, screen, 2))].join('\n'),
  markdown: (summary: ReportSummary, _?: Screen, { arrangement = null, paper = usualPaper }: TextLayout = {}) =>
    `${arrangement === null ? markdownTable(summary) : `${paperMarkdown(summary, arrangement, paper)}\n`}${summary.warnings.map((line) => `\n- ${line}`).join('')}`.trimEnd(),
  csv(summary: ReportSummary) {
    const { head, rows } = comparisonRows(summary);
    return csvOf(head, rows);
  },
  latex: (summary: ReportSummary, _?: Screen, { arrangement, paper = usualPaper }: TextLayout = {}) =>
    paperLatex(summary, arrangement ?? asFits, paper).trimEnd(),
  typst: (summary: ReportSummary, _?: Screen, { arrangement, paper = usualPaper }: TextLayout = {}) =>
    paperTypst(summary, arrangement ?? asFits, paper),
  json: (summary: ReportSummary) => JSON.stringify(reportJson(summary), null, 2),
} as const;

type Texts = Readonly<{ summary: ReportSummary; numbers: ReportSummary }>;

/** A form of a report: what programs read has the names of methods, metrics and data sets, what people read their labels. */
export function textOf(
  format: keyof typeof textFormats,
  { summary, numbers }: Texts,
  layout: TextLayout = {},
  screen: Screen = ownScreen(),
): string {
  const form: (summary: ReportSummary, screen: Screen, layout: TextLayout) => string = textFormats[format];
  return form(format === 'csv' || format === 'json' ? numbers : summary, screen, layout);
}

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
