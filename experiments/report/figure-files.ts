import { join } from 'node:path';
import { writeAtomic } from '../../src/data/write-atomic.ts';
import type { Picture } from '../charts/draw-svg.ts';
import { type PaperFigure, paperFigure } from '../charts/paper-figure.ts';
import { csvOf } from '../records/csv.ts';
import { writeFolder } from '../records/new-folder.ts';
import { escapeLatex } from './escape-latex.ts';
import { columnWidth, pageWidth } from './figure-widths.ts';
import { fileWords } from './file-words.ts';
import type { PictureGroup } from './page-frame.ts';

/** What a folder of figures is made of. */
export type FigureGroups = readonly Pick<PictureGroup, 'title' | 'pictures'>[];

interface WrittenFigure {
  readonly name: string; // of its files, without ending
  readonly section: string;
  readonly alt: string;
  readonly figure: PaperFigure;
}

/** Points of a unit of the drawing, below which its letters, of 10 units, are too small for journals. */
const least = 0.5;

/**
 * A folder with every picture as <name>.svg, .pdf, .vl.json (Vega-Lite, with its data) and .csv (the data), figures.csv, which lists them, and
 * figures.tex, which puts them into a paper. As a whole or not at all.
 * @param width in millimetres; a page's, where letters would be too small else
 * @returns how many there are
 * @throws UsageError when the folder exists or cannot be written
 */
export async function writeFigures(folder: string, groups: FigureGroups, width: number): Promise<number> {
  const names = new Set<string>();
  const written: WrittenFigure[] = [];
  await writeFolder(folder, async (partial) => {
    for (const { title: section, pictures } of groups)
      for (const picture of pictures) {
        const name = freeName(names, [section, titleOf(picture)], subtitleOf(picture));
        const figure = await readableFigure(picture, width);
        await writeFigure(partial, name, figure);
        written.push({ name, section, alt: picture.alt, figure });
      }
    await writeAtomic(join(partial, 'figures.csv'), `${listOfFigures(written)}\n`);
    await writeAtomic(join(partial, 'figures.tex'), latexOf(written));
  });
  return written.length;
}

/** A picture whose letters would be smaller than 5 points is as wide as a page, which is as wide as it can be. */
async function readableFigure(picture: Picture, width: number): Promise<PaperFigure> {
  const figure = await paperFigure(picture, width);
  return figure.scale < least && width < pageWidth ? paperFigure(picture, pageWidth) : figure;
}

async function writeFigure(folder: string, name: string, { svg, pdf, vegaLite, data }: PaperFigure): Promise<void> {
  await writeAtomic(join(folder, `${name}.svg`), svg);
  await writeAtomic(join(folder, `${name}.pdf`), pdf);
  await writeAtomic(join(folder, `${name}.vl.json`), vegaLite);
  await writeAtomic(join(folder, `${name}.csv`), `${csvOf(data.head, data.rows)}\n`);
}

/** The words of the picture's own title; where it has none what it shows, in a few words. */
function titleOf({ spec, alt }: Picture): string {
  const { title } = spec;
  const text = typeof title === 'object' && title !== null && 'text' in title ? title.text : title;
  return typeof text === 'string' && text !== '' ? text : alt.split(':')[0];
}

function subtitleOf({ spec: { title } }: Picture): string {
  const text = typeof title === 'object' && title !== null && 'subtitle' in title ? title.subtitle : '';
  return typeof text === 'string' ? text : '';
}

const nameOf = (words: readonly string[]): string =>
  [...new Set(words.map((part) => fileWords(part, 48)).filter((part) => part !== ''))].join('-') || 'figure';

/** @param more said where another picture has the words, such as the settings of a metric; then a number */
function freeName(taken: Set<string>, words: readonly string[], more: string): string {
  const name = taken.has(nameOf(words)) ? nameOf([...words, more]) : nameOf(words);
  let free = name;
  for (let n = 2; taken.has(free); n++) free = `${name}-${n}`;
  taken.add(free);
  return free;
}

const listOfFigures = (written: readonly WrittenFigure[]): string =>
  csvOf(
    ['figure', 'section', 'width_mm', 'height_mm', 'shows'],
    written.map(({ name, section, alt, figure: { millimetres } }) => [name, section, millimetres.width, millimetres.height, alt]),
  );

/** An environment for each figure; one too wide for a column goes over both. */
function latexOf(written: readonly WrittenFigure[]): string {
  const environments = written.map(({ name, section, alt, figure: { millimetres } }) => {
    const environment = millimetres.width > columnWidth + 2 ? 'figure*' : 'figure';
    return [
      `\\begin{${environment}}`,
      '\\centering',
      `\\includegraphics{${name}.pdf}`,
      `\\caption{${escapeLatex(`${section}: ${alt.split(':')[0]}`)}.}`,
      `\\label{fig:${name}}`,
      `\\end{${environment}}`,
    ].join('\n');
  });
  return `% \\usepackage{graphicx}\n% \\graphicspath{{the folder of this file}}\n${environments.join('\n\n')}\n`;
}
