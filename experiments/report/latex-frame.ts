import { printable } from './escape-latex.ts';

/** A table whose first column names the rows, and whose others hold numbers. Caption, head and cells are LaTeX already. */
export interface LatexParts {
  readonly caption: string;
  readonly label: string; // for \ref
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** Rows, heads included, from which on a table goes over pages: a page of LaTeX's own classes holds hardly more. */
const mostRows = 36;
/** Letters across of a table on one page, about four thirds of a line of LaTeX's own classes, as it may be made smaller, and of one on more. */
const mostLetters = { floating: 110, long: 80 };
/** Letters across of a table for a column of a paper of two; a wider one goes over both. */
const columnLetters = 52;
/** A name of a row longer than so many letters is broken into lines where the table goes over pages. */
const longName = 34;

/**
 * A table for the package booktabs: the first column to the left, numbers to the right. One wider than the line is made smaller, and where
 * that were too small its columns stand below each other, on a page or in several tables; one longer than a page goes over pages. In a paper of two
 * columns a wide one takes both (`table*`, which where there is one column is a table as any).
 */
export function latexFrame({ caption, label, head, rows }: LatexParts): string {
  const long = rows.length + 2 > mostRows;
  const names = Math.max(...[head, ...rows].map(([name]) => letters(name)));
  const wrapped = long && names > longName;
  const room = (long ? mostLetters.long : mostLetters.floating) - (wrapped ? longName : names);
  const blocks = stretches({ head, rows }, room).map((columns) => blockOf({ head, rows }, columns, wrapped));
  const top = [`\\caption{${caption}}`, `\\label{${label}}`];
  const table = long
    ? longTable(blocks, top)
    : floatingTables(blocks, Math.floor(mostRows / (rows.length + 2)), { top, label, wide: wide({ head, rows }) });
  const packages = ['booktabs', long ? 'longtable' : 'graphicx'].map((name) => `% \\usepackage{${name}}`);
  const note = table.every(printable) ? [] : ['% for LuaLaTeX or XeLaTeX: pdfLaTeX has no sign for some of the letters'];
  return [...packages, ...note, ...table, ''].join('\n');
}

type Cells = Pick<LatexParts, 'head' | 'rows'>;

/** About how many letters a cell is wide: commands make none, or one. */
const letters = (latex: string): number =>
  latex
    .replaceAll(/\\(?:textbf|scriptsize)(?![a-z])/g, '')
    .replaceAll(/\\(?:[A-Za-z]+ ?|.)/g, 'x')
    .replaceAll(/[{}$^]/g, '').length;

/** Columns after the first, by index, that stand side by side in so many letters. */
function stretches({ head, rows }: Cells, room: number): number[][] {
  const found: number[][] = [];
  let left = 0;
  for (let column = 1; column < head.length; column++) {
    const width = Math.max(...[head, ...rows].map((cells) => letters(cells[column]))) + 3;
    if (width > left) {
      found.push([]);
      left = room;
    }
    found[found.length - 1].push(column);
    left -= width;
  }
  return found;
}

/** One stretch of columns of a table: its head and its rows, and what aligns them. */
interface Block {
  readonly columns: string;
  readonly head: string;
  readonly body: readonly string[];
}

function blockOf({ head, rows }: Cells, columns: readonly number[], wrapped: boolean): Block {
  const row = (cells: readonly string[]) => `${cells.join(' & ')} \\\\`;
  return {
    columns: `${wrapped ? 'p{0.4\\linewidth}' : 'l'}${'r'.repeat(columns.length)}`,
    head: row([head[0], ...columns.map((c) => head[c])]),
    body: rows.map((cells) => row([`${wrapped ? '\\raggedright ' : ''}${guarded(cells[0])}`, ...columns.map((c) => cells[c])])),
  };
}

/** A row that begins with a bracket would be taken for an option of the row before it, one with a star for a command of it. */
const guarded = (name: string): string => (/^[[*]/.test(name) ? `{}${name}` : name);

/** Whether the columns side by side are wider than a column of a paper of two. */
const wide = ({ head, rows }: Cells): boolean =>
  head.reduce((sum, _, c) => sum + Math.max(...[head, ...rows].map((cells) => letters(cells[c]))) + 3, -3) > columnLetters;

interface FloatingParts {
  readonly top: readonly string[]; // caption and label
  readonly label: string;
  readonly wide: boolean;
}

/** A table for each so many blocks; all but the first refer to its caption. */
function floatingTables(blocks: readonly Block[], perTable: number, { top, label, wide: over }: FloatingParts): string[] {
  const tables = Array.from({ length: Math.ceil(blocks.length / perTable) }, (_, t) => blocks.slice(t * perTable, (t + 1) * perTable));
  return tables.flatMap((some, t) =>
    floatingTable(some, t === 0 ? top : [`\\caption{Table~\\ref{${label}}, further columns.}`, `\\label{${label}-${t + 1}}`], over),
  );
}

function floatingTable(blocks: readonly Block[], top: readonly string[], over: boolean): string[] {
  const environment = over ? 'table*' : 'table';
  const tabulars = blocks.map(({ columns, head, body }) => [
    `\\begin{tabular}{${columns}}`,
    '\\toprule',
    head,
    '\\midrule',
    ...body,
    '\\bottomrule',
    '\\end{tabular}',
  ]);
  const below = tabulars.flatMap((tabular, i) => (i === 0 ? tabular : ['\\\\[1ex]', ...tabular]));
  return [
    `\\begin{${environment}}`,
    '\\centering\\setlength{\\belowcaptionskip}{4pt}',
    ...top,
    '\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%',
    ...(tabulars.length === 1 ? below : ['\\begin{tabular}{@{}l@{}}', ...below, '\\end{tabular}']),
    '}',
    `\\end{${environment}}`,
  ];
}

function longTable(blocks: readonly Block[], top: readonly string[]): string[] {
  return blocks.flatMap(({ columns, head, body }, i) => {
    const ruled = ['\\toprule', head, '\\midrule'];
    return [
      '{\\footnotesize\\setlength{\\tabcolsep}{3pt}',
      `\\begin{longtable}{${columns}}`,
      ...(i === 0 ? [`${top.join('')}\\\\`] : []),
      ...[...ruled, '\\endfirsthead', ...ruled, '\\endhead'],
      ...['\\midrule', '\\endfoot', '\\bottomrule', '\\endlastfoot'],
      ...body,
      '\\end{longtable}}',
    ];
  });
}

/** Behind a number that is significantly above, or below, that of the baseline; nothing behind another. */
export function latexDagger(difference: number, adjustedP: number | null, alpha: number): string {
  if (adjustedP === null || !(adjustedP < alpha)) return '';
  return `$^{${difference > 0 ? '\\dagger' : '\\ddagger'}}$`;
}
