import { UsageError } from '../../src/errors.ts';
import { stripTypes } from '../modules/strip-types.ts';

/** A part of a notebook-style script, from one `// %%` line to the next. */
export interface Cell {
  readonly kind: 'code' | 'markdown';
  readonly title: string; //  what follows `// %%` on its line, without [markdown]
  readonly line: number; //   of the file, 1-based, at which `source` starts
  readonly source: string; // code, or Markdown with the comment marks taken off
}

const marker = /^\/\/ ?%%(.*)$/;

/**
 * The cells of a script. Text before the first marker is a cell of its own unless blank; cells without content are kept, so that their
 * numbers are those a reader counts.
 * @param file what the script is called in messages
 * @throws UsageError where a cell is not code by itself (Jupyter runs it alone), or a Markdown cell holds code: cell and line are named
 */
export function parseCells(text: string, file: string): Cell[] {
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  const starts = lines.flatMap((line, i) => (marker.test(line) ? [i] : []));
  const first = starts[0] ?? lines.length;
  const cells = lines.slice(0, first).some((line) => line.trim() !== '' && !line.startsWith('#!'))
    ? [cellOf('', 0, lines.slice(0, first), file)]
    : [];
  starts.forEach((start, i) => {
    const [, rest] = marker.exec(lines[start]) ?? [];
    cells.push(cellOf(rest.trim(), start + 1, lines.slice(start + 1, starts[i + 1] ?? lines.length), file));
  });
  cells.forEach((cell, i) => {
    if (cell.kind === 'code') checkCode(cell, i, file);
  });
  return cells;
}

function cellOf(heading: string, index: number, lines: readonly string[], file: string): Cell {
  const isMarkdown = /^\[markdown\]|\[markdown\]$/.test(heading); // VS Code writes it first, Jupytext after a title
  const line = index + 1;
  if (!isMarkdown) return { kind: 'code', title: heading, line, source: lines.join('\n') };
  const prose = lines.map((text, i) => {
    if (text.trim() === '') return '';
    const [, content] = /^\/\/ ?(.*)$/.exec(text) ?? [];
    if (content === undefined)
      throw new UsageError(`${file}:${line + i}: a [markdown] cell holds comments only; start a code cell with "// %%"`);
    return content;
  });
  return { kind: 'markdown', title: heading.replace('[markdown]', '').trim(), line, source: prose.join('\n').trim() };
}

/** How a cell is called in messages and progress, counted from 1. */
export const cellName = (cells: readonly Cell[], index: number): string =>
  `cell ${index + 1} of ${cells.length}${cells[index].title === '' ? '' : ` "${cells[index].title}"`}`;

function checkCode({ line, title, source }: Cell, index: number, file: string): void {
  try {
    stripTypes(source);
  } catch (error) {
    const { message, loc } = error as { message: string; loc?: { line: number } };
    const reason = message.replace(/^Error transforming.*?: /, '').replace(/ \(\d+:\d+\)$/, '');
    throw new UsageError(
      `${file}:${line + (loc?.line ?? 1) - 1}: in cell ${index + 1}${title === '' ? '' : ` "${title}"`}: ${reason}; a cell is code that stands by itself, and "// %%" starts a new one`,
    );
  }
}

/** The name on the global object under which a script that is being rendered finds the function that opens cell i. */
export const cellHook = 'counterrank.cell';

/** The script as JavaScript that says where it is: every marker line opens its cell. Lines keep their numbers. */
export function instrument(text: string, file: string): string {
  const cells = parseCells(text, file);
  const lines = text.replace(/\r\n?/g, '\n').split('\n');
  cells.forEach(({ line }, i) => {
    if (line > 1) lines[line - 2] = `;await globalThis[Symbol.for("${cellHook}")]?.(${i});`;
  });
  return stripTypes(lines.join('\n'));
}
