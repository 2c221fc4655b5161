import { escapeHtml } from '../charts/escape-html.ts';
import { rowHtml, scrollTable } from '../report/report-table.ts';
import { ownScreen } from '../terminal/screen.ts';
import { textTable } from '../terminal/text-table.ts';
import type { TableRow, View } from './view.ts';

/**
 * Rows as a table; columns are the keys, in the order in which they first occur. Numbers get at most four decimals and are kept short,
 * NaN and what is missing are a dash. The first column names the row.
 */
export function table(rows: readonly TableRow[], caption = ''): View {
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row)))];
  const numeric = new Set(columns.filter((column) => rows.every((row) => typeof (row[column] ?? 0) === 'number')));
  const cells = rows.map((row) => columns.map((column) => formatCell(row[column])));
  const said = columns.map((column, c) => c > 0 && !numeric.has(column));
  const below = caption === '' ? [] : [caption];
  return {
    text: () => [textTable(columns, cells, ownScreen()), ...below].join('\n'),
    html: () => {
      const body = cells.map((row) => rowHtml(row, said));
      const note = below.map((text) => `\n<p class="soft">${escapeHtml(text)}</p>`).join('');
      return `${scrollTable(caption || columns.join(', '), columns, body, numeric.size > 0 ? 'numbers' : 'words', [], said)}${note}`;
    },
  };
}

/** At most four decimals, none where the number is whole; four significant digits where it is small; a true minus. */
export function formatCell(value: TableRow[string]): string {
  if (value === undefined || value === null) return '–';
  if (typeof value !== 'number') return String(value);
  if (Number.isNaN(value)) return '–';
  if (Number.isInteger(value)) return value.toLocaleString('en-US').replace('-', '−');
  const size = Math.abs(value);
  const text = size < 1e-4 || size >= 1e6 ? value.toPrecision(3) : value.toFixed(size < 1 ? 4 : 3);
  return text.replace('e+', 'e').replaceAll('-', '−');
}
