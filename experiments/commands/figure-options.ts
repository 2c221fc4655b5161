import { type Command, InvalidArgumentError, Option } from 'commander';
import { decimalOf } from '../../src/data/decimal.ts';
import { checkWritable } from '../records/new-folder.ts';
import type { FigureGroups } from '../report/figure-files.ts';
import { columnWidth } from '../report/figure-widths.ts';

/** Where pictures go as files of their own, and how wide they are. */
export interface FigureOptions {
  readonly figures?: string;
  readonly figureWidth: number; // millimetres
}

export const figuresOption = () =>
  new Option('--figures <dir>', 'folder to create with every picture as SVG, PDF, Vega-Lite spec and CSV; must not exist');

export const figureWidthOption = () =>
  new Option('--figure-width <mm>', 'of each: 84mm, a column of two; 178mm, the page; or another from 30mm to 400mm')
    .argParser(widthOf)
    .default(columnWidth, '84mm');

export const addFigureOptions = (command: Command): Command => command.addOption(figuresOption()).addOption(figureWidthOption());

function widthOf(text: string): number {
  const value = decimalOf(text.replace(/ ?mm$/, ''), 'decimal');
  if (value >= 30 && value <= 400) return value;
  throw new InvalidArgumentError('It must be millimetres from 30mm to 400mm: 84mm is a column, 178mm a page.');
}

export const checkFigures = async ({ figures }: Partial<FigureOptions>): Promise<void> => {
  if (figures !== undefined) await checkWritable(figures);
};

/** Writes the figures that are asked for, and says so. */
export async function putFigures({ figures, figureWidth }: FigureOptions, groups: () => FigureGroups): Promise<void> {
  if (figures === undefined) return;
  const { writeFigures } = await import('../report/figure-files.ts'); // few ask for figures, and what draws them is read longer than what measures
  const count = await writeFigures(figures, groups(), figureWidth);
  console.error(
    `${figures} holds ${count === 1 ? 'one figure' : `${count} figures`} as SVG, PDF, Vega-Lite and CSV; figures.tex puts them into a paper`,
  );
}
