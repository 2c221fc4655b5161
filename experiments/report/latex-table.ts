import { escapeLatex, printable } from './escape-latex.ts';
import type { Summary, SummaryCell } from './summary.ts';
import { bestOf, correctionWords, meanWord, oneSampleWords, rowWord, samplesWords, testingOf, testWords } from './summary-words.ts';

export interface LatexOptions {
  /** Corrected p-values below it get a dagger. Default: that of the summary, 0.05. */
  readonly alpha?: number;
  /** For \ref. Default tab:results. */
  readonly label?: string;
}

/** Rows, heads included, from which on a table goes over pages: a page of LaTeX's own classes holds hardly more. */
const mostRows = 36;
/** Letters across of a table on one page, about four thirds of a line of LaTeX's own classes, as it may be made smaller, and of one on more. */
const mostLetters = { floating: 110, long: 80 };

/** A name longer than so many letters is broken into lines where the table goes over pages. */
const longName = 34;

/**
 * The means as a LaTeX table for the package booktabs: half the 95 % interval after ±, the best in bold, a dagger where the difference
 * from the baseline is significant; the caption names the test, α, the correction and n. A table wider than the line is made smaller, and
 * where that were too small its metrics stand below each other, on a page or in several tables; one longer than a page goes over pages.
 */
export function latexTable(summary: Summary, { alpha = testingOf(summary).alpha, label = 'tab:results' }: LatexOptions = {}): string {
  const rows = summary.methods.length + 2;
  const long = rows > mostRows;
  const names = Math.max(...summary.methods.map(({ method }) => method.length));
  const wrapped = long && names > longName;
  const blocks = blocksOf(summary, (long ? mostLetters.long : mostLetters.floating) - (wrapped ? longName : names)).map((block) =>
    tabularRows(summary, block, alpha, wrapped),
  );
  const head = [`\\caption{${caption(summary, alpha)}}`, `\\label{${label}}`];
  const table = long ? longTable(blocks, head) : floatingTables(blocks, Math.floor(mostRows / rows), head, label);
  const packages = ['booktabs', long ? 'longtable' : 'graphicx'].map((name) => `% \\usepackage{${name}}`);
  const note = table.every(printable) ? [] : ['% for LuaLaTeX or XeLaTeX: pdfLaTeX has no sign for some of the letters'];
  return [...packages, ...note, ...table, ''].join('\n');
}

/** One stretch of metrics of a table: its head and its rows, and what aligns them. */
interface Block {
  readonly columns: string;
  readonly head: string;
  readonly body: readonly string[];
}

/** A table for each so many blocks; all but the first refer to its caption. */
function floatingTables(blocks: readonly Block[], perTable: number, head: readonly string[], label: string): string[] {
  const tables = Array.from({ length: Math.ceil(blocks.length / perTable) }, (_, t) => blocks.slice(t * perTable, (t + 1) * perTable));
  return tables.flatMap((some, t) =>
    floatingTable(some, t === 0 ? head : [`\\caption{Table~\\ref{${label}}, further metrics.}`, `\\label{${label}-${t + 1}}`]),
  );
}

function floatingTable(blocks: readonly Block[], head: readonly string[]): string[] {
  const tabulars = blocks.map(({ columns, head: names, body }) => [
    `\\begin{tabular}{${columns}}`,
    '\\toprule',
    names,
    '\\midrule',
    ...body,
    '\\bottomrule',
    '\\end{tabular}',
  ]);
  const below = tabulars.flatMap((tabular, i) => (i === 0 ? tabular : ['\\\\[1ex]', ...tabular]));
  return [
    '\\begin{table}',
    '\\centering',
    ...head,
    '\\resizebox{\\ifdim\\width>\\linewidth\\linewidth\\else\\width\\fi}{!}{%',
    ...(tabulars.length === 1 ? below : ['\\begin{tabular}{@{}l@{}}', ...below, '\\end{tabular}']),
    '}',
    '\\end{table}',
  ];
}

function longTable(blocks: readonly Block[], caption: readonly string[]): string[] {
  return blocks.flatMap(({ columns, head, body }, i) => [
    `{\\footnotesize\\setlength{\\tabcolsep}{3pt}`,
    `\\begin{longtable}{${columns}}`,
    ...(i === 0 ? [`${caption.join('')}\\\\`] : []),
    '\\toprule',
    head,
    '\\midrule',
    '\\endfirsthead',
    '\\toprule',
    head,
    '\\midrule',
    '\\endhead',
    '\\midrule',
    '\\endfoot',
    '\\bottomrule',
    '\\endlastfoot',
    ...body,
    '\\end{longtable}}',
  ]);
}

/** Metrics, by index, that stand side by side in so many letters. */
function blocksOf({ metrics }: Summary, most: number): number[][] {
  const blocks: number[][] = [];
  let left = 0;
  metrics.forEach((metric, m) => {
    const width = Math.max(metric.length, 15) + 2; // letters of a cell: 0.1234 and, smaller, ±0.1234
    if (width > left) {
      blocks.push([]);
      left = most;
    }
    blocks[blocks.length - 1].push(m);
    left -= width;
  });
  return blocks;
}

function tabularRows(summary: Summary, block: readonly number[], alpha: number, wrapped: boolean): Block {
  const { methods, metrics } = summary;
  const row = (cells: readonly string[]) => `${cells.join(' & ')} \\\\`;
  return {
    columns: `${wrapped ? 'p{0.4\\linewidth}' : 'l'}${'r'.repeat(block.length)}`,
    head: row([rowWord(summary), ...block.map((m) => metrics[m])].map(escapeLatex)),
    body: methods.map(({ method, cells }) =>
      row([`${wrapped ? '\\raggedright ' : ''}${protectedLabel(method)}`, ...block.map((m) => latexCell(cells[m], alpha))]),
    ),
  };
}

/** A row that begins with a bracket would be taken for an option of the row before it, one with a star for a command of it. */
function protectedLabel(method: string): string {
  const text = escapeLatex(method);
  return /^[[*]/.test(text) ? `{}${text}` : text;
}

function latexCell({ mean, best, difference, adjustedP }: SummaryCell, alpha: number): string {
  if (Number.isNaN(mean.value)) return '--';
  const value = mean.value.toFixed(4);
  const half = Number.isFinite(mean.upper) ? ` {\\scriptsize$\\pm$${(mean.upper - mean.value).toFixed(4)}}` : '';
  const significant = difference !== null && adjustedP !== null && adjustedP < alpha;
  const dagger = significant ? `$^{${difference.value > 0 ? '\\dagger' : '\\ddagger'}}$` : '';
  return `${best ? `\\textbf{${value}}` : value}${dagger}${half}`;
}

function caption(summary: Summary, alpha: number): string {
  const { baseline, samples } = summary;
  const n = samplesWords(summary)?.replace('×', '{\\times}').replace(' to ', '$ to $') ?? null;
  if (n === null) return escapeLatex(oneSampleWords(summary));
  const means = `${escapeLatex(meanWord(summary))} over $${n}$ ${samples} $\\pm$ half the 95\\,\\% $t$ interval; ${escapeLatex(bestOf(summary))} in bold.`;
  if (baseline === null) return means;
  const test = `${testWords(summary).replace(' t-test', ' $t$-test')} over the $n = ${n}$ ${samples}`;
  return `${means} $\\dagger$ ($\\ddagger$): significantly above (below) ${escapeLatex(baseline)} by a ${test}, $\\alpha = ${alpha}$, ${correctionWords(summary).replace('–', '--')}.`;
}
