import type { Screen } from './screen.ts';
import { forScreen } from './wrap-words.ts';

/** Markdown that fits a terminal: text is wrapped, a row of a table that is too wide becomes a paragraph with the heads as words. As it is for a pipe. */
export function markdownOnScreen(text: string, screen: Screen): string {
  if (!screen.terminal) return text;
  const lines = text.split('\n');
  let [fenced, head] = [false, [] as string[]];
  return lines
    .flatMap((line, l) => {
      if (line.startsWith('```')) fenced = !fenced;
      const cells = cellsOf(line);
      if (fenced || cells.length === 0) return [fenced ? line : forScreen(line, screen)];
      if (cellsOf(lines[l - 1] ?? '').length === 0) head = cells;
      const table = tableAround(lines, l);
      if (table.every(({ length }) => length <= screen.columns)) return [line];
      if (cells === head || cells.every((cell) => /^:?-+:?$/.test(cell))) return [];
      const words = cells.flatMap((cell, c) => (cell === '' ? [] : [c === 0 || head[c] === '' ? cell : `${head[c]}: ${cell}`]));
      return [forScreen(`- ${words.join('; ')}`, screen, 2)];
    })
    .join('\n');
}

const cellsOf = (line: string): string[] =>
  line.startsWith('|')
    ? line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim())
    : [];

function tableAround(lines: readonly string[], l: number): readonly string[] {
  let [from, to] = [l, l];
  while (lines[from - 1]?.startsWith('|')) from--;
  while (lines[to + 1]?.startsWith('|')) to++;
  return lines.slice(from, to + 1);
}
