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

/** Cells of CSV have no type: true and false become words. */
export const csvRow = (row: readonly (string | number | boolean | null)[]) =>
  row.map((cell) => (typeof cell === 'boolean' ? String(cell) : cell));
