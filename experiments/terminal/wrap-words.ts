import { stripVTControlCharacters } from 'node:util';
import { ownScreen, type Screen } from './screen.ts';

/** Lines no wider than the screen, broken between words, the later ones set in by as many blanks as the line begins with and `indent` more. A longer word keeps its line. */
export function wrapWords(text: string, columns: number, indent = 0): string {
  return text
    .split('\n')
    .map((line) => wrappedLine(line, columns, indent))
    .join('\n');
}

function wrappedLine(line: string, columns: number, indent: number): string {
  if (shownLength(line) <= columns) return line;
  const [own] = /^ */.exec(line) ?? [''];
  const lines: string[] = [];
  for (const word of line.slice(own.length).split(/ (?!%)/)) {
    const last = lines.at(-1);
    if (last !== undefined && shownLength(last) + 1 + shownLength(word) <= columns) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(own + (lines.length === 0 ? '' : ' '.repeat(indent)) + word);
  }
  return lines.join('\n');
}

/** Characters that are seen: escapes, such as those for bold letters, are not. */
const shownLength = (text: string): number => stripVTControlCharacters(text).length;

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

/** Prints words, wrapped on a terminal. */
export const tell = (text: string): void => console.log(forScreen(text, ownScreen(), 2));

/** What is said on standard error, which only people read, is wrapped where it is a terminal. */
export function wrapErrors(): void {
  const print = console.error;
  console.error = (...said: unknown[]) => {
    const { columns = 80, isTTY } = process.stderr;
    print(...said.map((one) => (typeof one === 'string' ? forScreen(one, { columns, terminal: isTTY === true }, 2) : one)));
  };
}
