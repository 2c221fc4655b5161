import type { Summary } from '../../src/stats/compare-methods.ts';
import { formatDifference, formatMean, tableCaption } from '../summary/format-number.ts';
import { noteLines, rowWord, testingOf } from '../summary/summary-words.ts';
import type { Screen } from '../terminal/screen.ts';
import { textTable } from '../terminal/text-table.ts';
import { forScreen, wrapWords } from '../terminal/wrap-words.ts';

/** The least that names of methods, and of columns, are wrapped to. */
const leastName = 24;
const leastHead = 14;

const bold = (text: string) => `\u001b[1m${text}\u001b[22m`;
/** The result for a screen: as many metrics side by side as fit, the rest below; boxes and bold on a terminal only. */
export function resultTable(summary: Summary, { columns, terminal }: Screen): string {
  if (!terminal) return [metricsTable(summary, 0, summary.metrics.length, terminal), ...noted(summary, { columns, terminal })].join('\n');
  const { alpha } = testingOf(summary);
  const methods = summary.methods.map((one) => ({ ...one, method: wrapWords(one.method, Math.max(leastName, Math.floor(columns / 3))) }));
  const label = widest([...methods.map(({ method }) => method), rowWord(summary)]);
  const values = methods.flatMap(({ cells }) => cells.flatMap((one) => [formatMean(one.mean), formatDifference(one, alpha)]));
  const room = Math.max(widest(values), columns - label - 7); // of one column beside the names
  const metrics = summary.metrics.map((metric) => wrapWords(metric, Math.min(room, Math.max(leastHead, widest(values)))));
  const cell = widest([...values, ...metrics]);
  const shown = { ...summary, methods, metrics };
  const fit = Math.max(1, Math.floor((columns - label - 4) / (cell + 3)));
  const tables = [];
  for (let start = 0; start < summary.metrics.length; start += fit) tables.push(metricsTable(shown, start, start + fit, terminal));
  return [...tables, ...noted(summary, { columns, terminal })].join('\n');
}

const noted = (summary: Summary, screen: Screen): string[] =>
  [tableCaption(summary, screen.terminal), ...noteLines(summary)].map((line) => forScreen(line, screen, 2));

/** Characters of the longest line. */
const widest = (texts: readonly string[]): number => Math.max(...texts.flatMap((text) => text.split('\n').map(({ length }) => length)));

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
  return textTable([rowWord(summary), ...metrics.slice(start, end)], rows, { columns: Infinity, terminal });
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
