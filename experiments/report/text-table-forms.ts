import { alignColumns } from './align-columns.ts';
import { escapeHtml } from './escape-html.ts';
import { escapeLatex } from './latex-frame.ts';
import type { TextTable } from './meta-tables.ts';
import { section } from './page-frame.ts';
import { scrollTable } from './report-table.ts';

/** For a screen or a pipe. */
export const alignedTable = ({ title, head, rows, note }: TextTable): string =>
  [title, alignColumns([head, ...rows]), note].filter((part) => part !== '').join('\n');

export function markdownOfTable({ title, head, rows, note }: TextTable): string {
  const row = (cells: readonly string[]) => `| ${cells.map((text) => text.replace(/[|*]/g, '\\$&')).join(' | ')} |`;
  const aligned = head.map((_, c) => (c === 0 ? '---' : '---:'));
  const lines = [row(head), row(aligned), ...rows.map(row)];
  return [`**${title}**`, lines.join('\n'), note.replaceAll('*', '\\*')].filter((part) => part !== '').join('\n\n');
}

/** For the package booktabs; the note is the caption. */
export function latexOfTable({ title, head, rows, note }: TextTable): string {
  const row = (cells: readonly string[]) => `${cells.map(latexText).join(' & ')} \\\\`;
  return [
    '% \\usepackage{booktabs}',
    '\\begin{table}',
    '\\centering',
    `\\caption{${latexText(`${title}. ${note}`)}}`,
    `\\begin{tabular}{l${'r'.repeat(head.length - 1)}}`,
    '\\toprule',
    row(head),
    '\\midrule',
    ...rows.map(row),
    '\\bottomrule',
    '\\end{tabular}',
    '\\end{table}',
  ].join('\n');
}

const inMaths: Readonly<Record<string, string>> = {
  '±': '\\pm',
  '²': '^2',
  '√': '\\surd',
  Δ: '\\Delta',
  γ: '\\gamma',
  θ: '\\theta',
  δ: '\\delta',
  '≤': '\\leq',
  '×': '\\times',
};
const latexText = (text: string): string => escapeLatex(text).replace(/[±²√Δγθδ≤×]/g, (mark) => `$${inMaths[mark]}$`);

/** For a page, without the title. */
export function tableHtml({ title, head, rows, note }: TextTable): string {
  const cells = rows.map(
    ([first, ...rest]) => `<th scope="row">${escapeHtml(first)}</th>${rest.map((text) => `<td>${escapeHtml(text)}</td>`).join('')}`,
  );
  return `${scrollTable(title, head, cells)}\n<p class="soft">${escapeHtml(note)}</p>`;
}

export const tableSection = (table: TextTable): string => section(table.title, tableHtml(table));
