import type { Screen } from './screen.ts';
import { wrapWords } from './wrap-words.ts';

type Rows = readonly (readonly string[])[];

/** Rows of text as columns two blanks apart: the first flush left, the others too, no trailing blanks. */
export function alignColumns(rows: Rows): string {
  const widths = widthsOf(rows);
  return rows
    .map((row) =>
      row
        .map((text, c) => text.padEnd(widths[c]))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

/** The least that a column of words is wrapped to. */
const leastWords = 24;
const gap = 2;

/**
 * The same within a screen: columns of sentences in several lines each, and columns that still do not fit below the others, those repeated that tell
 * rows apart. As they are where programs read them.
 */
export function fittedColumns(rows: Rows, { columns, terminal }: Screen): string {
  const widths = widthsOf(rows);
  if (!terminal || total(widths) <= columns) return alignColumns(rows);
  const wordy = widths.map((width, c) => width > leastWords && rows.some((row) => isSentence(row[c] ?? '')));
  const others = total(widths.map((width, c) => (wordy[c] ? 0 : width)));
  const room = Math.floor((columns - others) / Math.max(1, wordy.filter(Boolean).length));
  if (wordy.some(Boolean) && room >= leastWords) return alignColumns(wrapped(rows, wordy, room));
  const narrow = widths.map((width, c) => (wordy[c] ? leastWords : width));
  const blocks = blocksOf(narrow, tellingColumns(rows, narrow, columns), columns);
  return blocks
    .map((block) => {
      const own = rows.map((row) => block.map((c) => row[c] ?? ''));
      const beside = total(block.map((c) => (wordy[c] ? 0 : widths[c])));
      const share = Math.floor((columns - beside) / Math.max(1, block.filter((c) => wordy[c]).length));
      return alignColumns(
        wrapped(
          own,
          block.map((c) => wordy[c]),
          Math.max(leastWords, share),
        ),
      );
    })
    .join('\n\n');
}

/** Which columns stand beside each other, the first ones in every block. */
function blocksOf(widths: readonly number[], first: number, columns: number): number[][] {
  const every = Array.from({ length: first }, (_, c) => c);
  const blocks: number[][] = [];
  for (let c = first; c < widths.length; c++) {
    const last = blocks.at(-1);
    if (last !== undefined && total([...last, c].map((one) => widths[one])) <= columns) last.push(c);
    else blocks.push([...every, c]);
  }
  return blocks;
}

/** How many columns it takes to tell the rows apart; one where it takes more than half of the screen. */
function tellingColumns(rows: Rows, widths: readonly number[], columns: number): number {
  for (let count = 1; count < widths.length - 1 && total(widths.slice(0, count)) <= columns / 2; count++)
    if (new Set(rows.map((row) => row.slice(0, count).join('\n'))).size === rows.length) return count;
  return 1;
}

/** Cells of some columns in lines of so many characters; a row of several lines becomes several rows. */
const wrapped = (rows: Rows, wordy: readonly boolean[], room: number): Rows =>
  rows.flatMap((row) => {
    const cells = row.map((text, c) => (wordy[c] ? wrapWords(text, room) : text).split('\n'));
    const lines = Math.max(...cells.map(({ length }) => length));
    return Array.from({ length: lines }, (_, l) => cells.map((cell) => cell[l] ?? ''));
  });

const widthsOf = (rows: Rows): number[] =>
  rows.reduce<number[]>((most, row) => row.map((text, c) => Math.max(most[c] ?? 0, text.length)), []);
const total = (widths: readonly number[]): number => widths.reduce((sum, width) => sum + width + gap, -gap);
const isSentence = (text: string): boolean => (text.match(/\p{L}{2,}/gu) ?? []).length > 3;
