import type { Screen } from './screen.ts';

/** Lines no wider than the screen, broken between words, the later ones set in by so many blanks. A longer word keeps its line. */
export function wrapWords(text: string, columns: number, indent = 0): string {
  return text
    .split('\n')
    .map((line) => wrappedLine(line, columns, indent))
    .join('\n');
}

function wrappedLine(line: string, columns: number, indent: number): string {
  if (line.length <= columns) return line;
  const lines: string[] = [];
  for (const word of line.split(' ')) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(lines.length === 0 ? word : ' '.repeat(indent) + word);
  }
  return lines.join('\n');
}

/** As it is where programs read it, wrapped on a terminal. */
export const forScreen = (text: string, { columns, terminal }: Screen, indent = 0): string =>
  terminal ? wrapWords(text, columns, indent) : text;

/** Names and what they are, in two columns; on a terminal the second is wrapped, its lines below each other. */
export function hangingColumns(rows: readonly (readonly [string, string])[], screen: Screen): string {
  const width = Math.max(...rows.map(([name]) => name.length));
  const room = screen.columns - width - 2;
  const cut = screen.terminal && room >= 30;
  return rows
    .map(([name, text]) => {
      const lines = cut ? wrapWords(text, room).split('\n') : [text];
      return lines.map((line, l) => `${(l === 0 ? name : '').padEnd(width)}  ${line}`.trimEnd()).join('\n');
    })
    .join('\n');
}
