import { escapeHtml } from '../charts/escape-html.ts';
import { alignColumns, fittedColumns } from '../terminal/align-columns.ts';
import type { Screen } from '../terminal/screen.ts';
import { forScreen } from '../terminal/wrap-words.ts';
import { escapeLatex } from './escape-latex.ts';
import { latexFrame } from './latex-frame.ts';
import { section } from './page-frame.ts';
import { rowHtml, scrollTable } from './report-table.ts';

/** A table of text, for a screen or a page; `note` says how to read it. */
export interface TextTable {
  readonly title: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
  readonly note: string;
}

/** For a screen, which it fits into, or a pipe. @param screen by default a pipe */
export const alignedTable = ({ title, head, rows, note }: TextTable, screen: Screen = pipe): string =>
  [forScreen(title, screen), fittedColumns([head, ...rows], screen), forScreen(note, screen, 2)].filter((part) => part !== '').join('\n');

const pipe: Screen = { columns: Infinity, terminal: false };

/** The same on a terminal that is too narrow for it: a paragraph for every row, with the heads as words. */
export function screenTable(table: TextTable, screen: Screen): string {
  const { title, head, rows, note } = table;
  const widest = Math.max(
    ...alignColumns([head, ...rows])
      .split('\n')
      .map(({ length }) => length),
  );
  if (!screen.terminal || widest <= screen.columns) return alignedTable({ ...table, note: forScreen(note, screen) });
  const paragraphs = rows.map((row) => row.map((text, c) => `${head[c]} ${text}`.trim()).join(' · '));
  return [title, ...[...paragraphs, note].map((text) => forScreen(text, screen, 2))].filter((part) => part !== '').join('\n');
}

export function markdownOfTable({ title, head, rows, note }: TextTable): string {
  const row = (cells: readonly string[]) => `| ${cells.map((text) => text.replace(/[|*]/g, '\\$&')).join(' | ')} |`;
  const aligned = head.map((_, c) => (c === 0 ? '---' : '---:'));
  const lines = [row(head), row(aligned), ...rows.map(row)];
  return [title && `**${title}**`, lines.join('\n'), note.replaceAll('*', '\\*')].filter((part) => part !== '').join('\n\n');
}

/** As every LaTeX table of ours; the note is the caption. @param label for \ref, such as `tab:clipping` */
export const latexOfTable = ({ title, head, rows, note }: TextTable, label: string): string =>
  latexFrame({
    caption: escapeLatex(`${title}. ${note}`),
    label,
    head: head.map(escapeLatex),
    rows: rows.map((cells) => cells.map(escapeLatex)),
  });

/** For a page, without the title. Columns without a number read from the left. */
export function tableHtml({ title, head, rows, note }: TextTable): string {
  const said = head.map((_, c) => c > 0 && rows.some((row) => /\p{L}/u.test(row[c])) && !rows.some((row) => /^[+−-]?[.\d]/.test(row[c])));
  const lines = note.split('\n').map(escapeHtml);
  return `${scrollTable(
    title,
    head,
    rows.map((row) => rowHtml(row, said)),
    'numbers',
    [],
    said,
  )}\n<p class="soft">${lines.join('<br>')}</p>`;
}

export const tableSection = (table: TextTable): string => section(table.title, tableHtml(table));
