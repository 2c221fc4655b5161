import type { Summary } from '../../src/stats/compare-methods.ts';
import { escapeHtml } from '../charts/escape-html.ts';
import { formatDifference, formatMean, tableCaption } from '../summary/format-number.ts';
import { noteLines, rowWord, testingOf } from '../summary/summary-words.ts';

export const cellsHtml = (texts: readonly string[]): string => texts.map((text) => `<td>${escapeHtml(text)}</td>`).join('');

/** A row of text whose first cell names it. */
export const rowHtml = ([name, ...texts]: readonly string[]): string => `<th scope="row">${escapeHtml(name)}</th>${cellsHtml(texts)}`;

/** Rows of text as a table that scrolls in a box of its own; cells are HTML. */
export function scrollTable(
  label: string,
  head: readonly string[],
  rows: readonly string[],
  kind: 'numbers' | 'words' | 'cells' = 'numbers',
): string {
  const printed = head.length > 18 ? ' widest' : head.length > 7 ? ' wide' : ''; // smaller on paper, where nothing scrolls
  const headers = head.map((text) => `<th scope="col">${escapeHtml(text)}</th>`).join('');
  return `<div class="scroll${printed}" role="region" tabindex="0" aria-label="${escapeHtml(label)}"><table class="${kind}"><thead><tr>${headers}</tr></thead><tbody>
${rows.map((row) => `<tr>${row}</tr>`).join('\n')}
</tbody></table></div>`;
}

/** Means with intervals, differences and tests. */
export function resultTableHtml(summary: Summary): string {
  const { alpha } = testingOf(summary);
  const rows = summary.methods.map(({ method, cells }) => {
    const columns = cells.map((cell) => {
      const words = formatMean(cell.mean).replace(/^-/, '−'); // as differences have it
      const mean = cell.best ? `<b>${words}</b>` : words;
      const difference = formatDifference(cell, alpha);
      return `<td>${mean}${difference === '' ? '' : `<small>${escapeHtml(difference)}</small>`}</td>`;
    });
    return `<th scope="row">${escapeHtml(method)}</th>${columns.join('')}`;
  });
  return `${scrollTable(`Results by ${rowWord(summary)} and metric`, [rowWord(summary), ...summary.metrics], rows)}
<p class="soft">${[tableCaption(summary), ...noteLines(summary)].map(escapeHtml).join('<br>')}</p>`;
}
