import type { Summary } from '../../src/stats/compare-methods.ts';
import { formatDifference, formatMean, tableCaption } from '../summary/format-number.ts';
import { noteLines, rowWord, testingOf } from '../summary/summary-words.ts';
import type { Screen } from '../terminal/screen.ts';
import { textTable } from '../terminal/text-table.ts';
import { forScreen } from '../terminal/wrap-words.ts';

const bold = (text: string) => `\u001b[1m${text}\u001b[22m`;
/** The result for a screen: as many metrics side by side as fit, the rest below; boxes and bold on a terminal only. */
export function resultTable(summary: Summary, { columns, terminal }: Screen): string {
  const { alpha } = testingOf(summary);
  const label = Math.max(...summary.methods.map(({ method }) => method.length), rowWord(summary).length);
  const cell = Math.max(
    ...summary.methods.flatMap(({ cells }) => cells.flatMap((one) => [formatMean(one.mean).length, formatDifference(one, alpha).length])),
  );
  const fit = terminal ? Math.max(1, Math.floor((columns - label - 4) / (cell + 3))) : summary.metrics.length;
  const tables = [];
  for (let start = 0; start < summary.metrics.length; start += fit) tables.push(metricsTable(summary, start, start + fit, terminal));
  const below = [tableCaption(summary, terminal), ...noteLines(summary)].map((line) => forScreen(line, { columns, terminal }, 2));
  return [...tables, ...below].join('\n');
}

function metricsTable(summary: Summary, start: number, end: number, terminal: boolean): string {
  const { metrics, methods } = summary;
  const { alpha } = testingOf(summary);
  const rows = methods.map(({ method, cells }) => [
    method,
    ...cells.slice(start, end).map((one) => {
      const mean = formatMean(one.mean);
      return [one.best && terminal ? bold(mean) : mean, formatDifference(one, alpha)].filter((line) => line !== '').join('\n');
    }),
  ]);
  return textTable([rowWord(summary), ...metrics.slice(start, end)], rows, terminal);
}

/** The same rows as Markdown. */
export function markdownTable(summary: Summary): string {
  const { alpha } = testingOf(summary);
  const row = (cells: readonly string[]) => `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  const lines = [
    row([rowWord(summary), ...summary.metrics]),
    row(['---', ...summary.metrics.map(() => '---:')]),
    ...summary.methods.map(({ method, cells }) =>
      row([
        method,
        ...cells.map((one) => {
          const mean = formatMean(one.mean);
          return [one.best ? `**${mean}**` : mean, formatDifference(one, alpha).replace('*', '\\*')]
            .filter((part) => part !== '')
            .join('<br>');
        }),
      ]),
    ),
  ];
  const notes = noteLines(summary).map((note) => `- ${note}`);
  return `${lines.join('\n')}\n\n${tableCaption(summary).replaceAll('*', '\\*')}\n${notes.length > 0 ? `\n${notes.join('\n')}\n` : ''}`;
}
