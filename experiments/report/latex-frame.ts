const special: Readonly<Record<string, string>> = { '\\': '\\textbackslash{}', '~': '\\textasciitilde{}', '^': '\\textasciicircum{}' };

/** Text that LaTeX prints as it is. */
export const escapeLatex = (text: string): string =>
  text.replace(/[\\~^]|[&%$#_{}]/g, (mark) => special[mark] ?? `\\${mark}`).replaceAll('−', '$-$');

/** A table for the package booktabs: the first column to the left, numbers to the right. Caption, head and cells are LaTeX already. */
export function latexFrame(parts: {
  readonly caption: string;
  readonly label: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}): string {
  const row = (cells: readonly string[]) => `${cells.join(' & ')} \\\\`;
  return [
    '% \\usepackage{booktabs}',
    '\\begin{table}',
    '\\centering',
    `\\caption{${parts.caption}}`,
    `\\label{${parts.label}}`,
    `\\begin{tabular}{l${'r'.repeat(parts.head.length - 1)}}`,
    '\\toprule',
    row(parts.head),
    '\\midrule',
    ...parts.rows.map(row),
    '\\bottomrule',
    '\\end{tabular}',
    '\\end{table}',
    '',
  ].join('\n');
}

/** Behind a number that is significantly above, or below, that of the baseline; nothing behind another. */
export function latexDagger(difference: number, adjustedP: number | null, alpha: number): string {
  if (adjustedP === null || !(adjustedP < alpha)) return '';
  return `$^{${difference > 0 ? '\\dagger' : '\\ddagger'}}$`;
}
