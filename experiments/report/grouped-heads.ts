import { groupWords } from './grouping.ts';
import type { Group } from './measurements.ts';
import type { ReportSummary } from './report-summary.ts';

/** A head over some of the columns. */
export interface Span {
  readonly text: string;
  readonly columns: number;
}

/**
 * Heads over columns, from the top: neighbours that agree in what one is of and in all above it share a head.
 * @param words of each column, outermost first, equally many @param keys what they are of, where two may be called alike
 */
export function groupedHeads(words: readonly (readonly string[])[], keys: readonly (readonly (string | number)[])[] = words): Span[][] {
  return (words[0] ?? []).map((_, level) => {
    const spans: { text: string; columns: number; path: string }[] = [];
    for (const [c, ofColumn] of words.entries()) {
      const path = JSON.stringify(keys[c].slice(0, level + 1));
      const last = spans.at(-1);
      if (last?.path === path) last.columns++;
      else spans.push({ text: ofColumn[level], columns: 1, path });
    }
    return spans.map(({ text, columns }) => ({ text, columns }));
  });
}

/** Heads of the columns of a report: one metric over all, or several below the keys that runs are grouped by. */
export function summaryHeads({ columns, grouping: { columnKeys } }: ReportSummary): Span[][] {
  const alone = new Set(columns.map(({ metric }) => metric)).size === 1;
  return groupedHeads(
    columns.map(({ group, metric }) => {
      const words = groupWords(group.values, columnKeys);
      return alone ? [metric, ...words] : [...words, metric];
    }),
  );
}

/** Heads of columns that stand for groups of runs; `label` where runs are not grouped. */
export const groupHeads = (groups: readonly Group[], { grouping: { columnKeys } }: ReportSummary, label: string): Span[][] =>
  groupedHeads(groups.map(({ values }) => (columnKeys.length === 0 ? [label] : groupWords(values, columnKeys))));
