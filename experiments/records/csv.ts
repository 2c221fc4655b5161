import type { Estimate } from '../../src/stats/estimate.ts';

/** A CSV file by RFC 4180, lines ended by \n; a number that is not finite is an empty cell. */
export function* csvLines(head: readonly string[], rows: Iterable<readonly (string | number | boolean | null)[]>): Generator<string> {
  yield `${head.map(csvCell).join(',')}\n`;
  for (const row of rows) yield `${row.map(csvCell).join(',')}\n`;
}

function csvCell(value: string | number | boolean | null): string {
  if (value === null || (typeof value === 'number' && !Number.isFinite(value))) return '';
  const text = String(value);
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** The whole file as text without the last line end. */
export const csvOf = (...[head, rows]: Parameters<typeof csvLines>): string => [...csvLines(head, rows)].join('').trimEnd();

/** A number and the ends of its interval, as cells and as names of columns. */
export const intervalCells = (estimate: Pick<Estimate, 'value' | 'lower' | 'upper'> | null | undefined) =>
  estimate ? [estimate.value, estimate.lower, estimate.upper] : [null, null, null];
export const intervalHead = (name: string): string[] => [name, `${name}_lower`, `${name}_upper`];
