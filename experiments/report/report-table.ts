import type { Summary } from '../../src/stats/compare-methods.ts';
import { escapeHtml } from '../charts/escape-html.ts';
import { formatDifference, formatMean, tableCaption } from '../summary/format-number.ts';
import { noteLines, rowWord, testingOf } from '../summary/summary-words.ts';
import type { Span } from './grouped-heads.ts';

const long = 40; // letters, from which words of a cell take several lines
const saidClass = (said: boolean | undefined, text: string): string => (said ? ` class="said${text.length > long ? ' long' : ''}"` : '');

/** @param said which cells hold words, in a table of numbers */
export const cellsHtml = (texts: readonly string[], said: readonly boolean[] = []): string =>
  texts.map((text, c) => `<td${saidClass(said[c], text)}>${escapeHtml(text)}</td>`).join('');

/** A row of text whose first cell names it. @param said as of `cellsHtml`, the first cell's too */
export const rowHtml = ([name, ...texts]: readonly string[], said: readonly boolean[] = []): string =>
  `<th scope="row">${escapeHtml(name)}</th>${cellsHtml(texts, said.slice(1))}`;

/** Rows of text as a table that scrolls in a box of its own; cells are HTML. @param over heads over several columns, from the top, the first column left out @param said which columns hold words, in a table of numbers */
export function scrollTable(
  label: string,
  head: readonly string[],
  rows: readonly string[],
  kind: 'numbers' | 'words' | 'cells' = 'numbers',
  over: readonly (readonly Span[])[] = [],
  said: readonly boolean[] = [],
): string {
  const printed = head.length > 18 ? ' widest' : ''; // tighter on paper, where nothing scrolls, and smaller the more columns there are
  const headers = head.map((text, c) => `<th scope="col"${saidClass(said[c], text)}>${escapeHtml(text)}</th>`).join('');
  return `<div class="scroll${printed}" style="--columns: ${head.length}" role="region" tabindex="0" aria-label="${escapeHtml(label)}"><table class="${kind}"><thead>${over.map(spansHtml).join('')}<tr>${headers}</tr></thead><tbody>
${rows.map((row) => `<tr>${row}</tr>`).join('\n')}
</tbody></table></div>`;
}

const spansHtml = (spans: readonly Span[]): string =>
  `<tr class="over"><td></td>${spans.map(({ text, columns }) => `<th scope="colgroup" colspan="${columns}"><span>${escapeHtml(text)}</span></th>`).join('')}</tr>`;

/** Means with intervals, differences and tests. @param heads of the columns, the last level over single ones; default the metrics of the summary */
export function resultTableHtml(summary: Summary, heads: readonly (readonly Span[])[] = []): string {
  const { alpha } = testingOf(summary);
  const rows = summary.methods.map(({ method, cells }) => {
    const columns = cells.map((cell) => {
      const words = formatMean(cell.mean).replace(/^-/, '−'); // as differences have it
      const mean = cell.best ? `<b>${words}</b>` : words;
      const difference = formatDifference(cell, alpha);
      return `<td>${mean}${difference === '' ? '' : `<small>${escapeHtml(difference.replace(' *', '\u00a0*'))}</small>`}</td>`;
    });
    return `<th scope="row">${escapeHtml(method)}</th>${columns.join('')}`;
  });
  const columns = heads.at(-1)?.map(({ text }) => text) ?? summary.metrics;
  const label = `Results by ${rowWord(summary)} and metric`;
  return `${scrollTable(label, [rowWord(summary), ...columns], rows, 'numbers', heads.slice(0, -1))}
<p class="soft">${[tableCaption(summary), ...noteLines(summary)].map(escapeHtml).join('<br>')}</p>`;
}
