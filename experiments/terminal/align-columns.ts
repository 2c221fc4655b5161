/** Rows of text as columns two blanks apart: the first flush left, the others too, no trailing blanks. */
export function alignColumns(rows: readonly (readonly string[])[]): string {
  const widths = rows.reduce<number[]>((most, row) => row.map((text, c) => Math.max(most[c] ?? 0, text.length)), []);
  return rows
    .map((row) =>
      row
        .map((text, c) => text.padEnd(widths[c]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}
