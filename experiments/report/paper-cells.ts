import { wrapWords } from '../terminal/wrap-words.ts';
import type { ArrangedTable } from './arrange-table.ts';
import type { ReportCell } from './report-summary.ts';

/** What stands beside a mean: signs of significance, the difference from the baseline, its p-value. */
export const marks = ['daggers', 'delta', 'p'] as const;
export type Mark = (typeof marks)[number];

/** How a table for a paper is written. */
export interface PaperOptions {
  readonly marks: readonly Mark[];
  readonly decimals: number;
  readonly caption: string; // in front of what the numbers are; empty: nothing
  readonly label: string; //   for \ref, and @ of Typst
}

export const usualPaper: PaperOptions = { marks: ['daggers'], decimals: 4, caption: '', label: 'tab:results' };

/** The parts of a cell, as texts without any markup; empty where there is nothing. */
export interface PaperCell {
  readonly mean: string;
  readonly half: string; //  of the 95 % interval
  readonly best: boolean;
  readonly sign: '' | 'above' | 'below';
  readonly delta: string; // with its sign, - or +
  readonly p: string; //     corrected, `<.001` where it is less
}

const none: PaperCell = { mean: '', half: '', best: false, sign: '', delta: '', p: '' };

export function paperCell(cell: ReportCell | null, { marks: asked, decimals }: PaperOptions, alpha: number): PaperCell {
  if (cell === null || Number.isNaN(cell.mean.value)) return none;
  const { mean, best, difference, adjustedP } = cell;
  const significant = asked.includes('daggers') && difference !== null && adjustedP !== null && adjustedP < alpha;
  return {
    mean: mean.value.toFixed(decimals),
    half: Number.isFinite(mean.upper) ? (mean.upper - mean.value).toFixed(decimals) : '',
    best,
    sign: !significant ? '' : difference.value > 0 ? 'above' : 'below',
    delta: asked.includes('delta') && difference !== null ? signed(difference.value, decimals) : '',
    p: asked.includes('p') && adjustedP !== null ? (adjustedP < 0.001 ? '<.001' : adjustedP.toFixed(3)) : '',
  };
}

function signed(value: number, decimals: number): string {
  const text = value.toFixed(decimals);
  return Number(text) < 0 ? text : `+${text.replace('-', '')}`;
}

/** Points of a line of so many letters and columns in eight-point letters with three points beside each column. */
const letterPoints = 4.1;
const beside = 6;
/** Of a digit that may be bold, of one in the size of an interval, of ± with its space, of a dagger, and how much less a point takes than a digit: measured in Computer Modern. */
const [boldPoints, smallPoints, plusMinusPoints, daggerPoints, lessPoints] = [4.4, 3.4, 8, 4, 1.6];

/** Letters of a line of a name, and of a head over a column. */
const [nameLetters, headLetters] = [36, 20];
export const nameLines = (name: string): string[] => wrapWords(name, nameLetters).split('\n');
export const headLines = (head: string): string[] => wrapWords(head, headLetters).split('\n');
const widest = (lines: readonly string[]): number => Math.max(0, ...lines.map(({ length }) => length));

/** About how wide a table is set, in points. */
export function tablePoints({ heads, blocks, corner }: ArrangedTable, options: PaperOptions): number {
  const rows = blocks.flatMap((block) => block.rows);
  const names = Math.max(corner.length, ...rows.map(({ name }) => widest(nameLines(name)) + (blocks.length > 1 ? 2 : 0)));
  const extra = [options.marks.includes('delta') ? options.decimals + 3 : 0, options.marks.includes('p') ? 5 : 0].filter((n) => n > 0);
  const count = heads.at(-1)?.length ?? 0;
  const widths = Array.from({ length: count }, (_, c) => {
    const cells = rows.map(({ cells: own }) => paperCell(own[c], options, 0.05));
    const mean = Math.max(
      ...cells.map(
        ({ mean: value, half }) =>
          value.length * boldPoints - lessPoints + (half === '' ? 0 : half.length * smallPoints - lessPoints + plusMinusPoints),
      ),
    );
    const sign = options.marks.includes('daggers') && cells.some((cell) => cell.sign !== '') ? daggerPoints : 0;
    const own = mean + sign + extra.reduce((sum, n) => sum + n, 0) * letterPoints + beside * (1 + extra.length);
    return Math.max(own, widest(headLines(heads.at(-1)?.[c].text ?? '')) * letterPoints + beside);
  });
  return names * letterPoints + beside + widths.reduce((sum, width) => sum + width, 0);
}

/** Widths of a column of a paper of two, and of its page, in points: 84 and 178 mm. */
export const columnPoints = 238;
export const pagePoints = 504;
