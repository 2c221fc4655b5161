import { type ArrangedBlock, type ArrangedTable, type Arrangement, arrange } from './arrange-table.ts';
import { escapeLatex, printable } from './escape-latex.ts';
import type { Span } from './grouped-heads.ts';
import { captionStart, paperCaption } from './paper-caption.ts';
import {
  columnPoints,
  headLines,
  nameLines,
  type PaperCell,
  type PaperOptions,
  pagePoints,
  paperCell,
  tablePoints,
} from './paper-cells.ts';
import type { ReportSummary } from './report-summary.ts';

/** Rows that a page of eight-point letters holds, heads and a long caption left aside. */
const mostRows = 52;

/**
 * A report as LaTeX tables for a paper of two columns: heads grouped by booktabs' rules, numbers aligned by siunitx, one column wide where that is
 * enough, else over both; what does not fit there stands in blocks of rows. Nothing is scaled.
 * @throws UsageError as {@link arrange}
 */
export function paperLatex(summary: ReportSummary, arrangement: Arrangement, options: PaperOptions): string {
  const tables = arrange(summary, arrangement, (table) => tablePoints(table, options) <= pagePoints).flatMap(pagesOf);
  const lines = tables.flatMap((table, t) => [...(t === 0 ? [] : ['']), ...latexTable(summary, table, options, t)]);
  const note = lines.every(printable) ? [] : ['% for LuaLaTeX or XeLaTeX: pdfLaTeX has no sign for some of the letters'];
  return ['% \\usepackage{booktabs}', '% \\usepackage{siunitx}', ...note, ...lines, ''].join('\n');
}

/** One that is longer than a page as several, cut between rows. */
function pagesOf(table: ArrangedTable): ArrangedTable[] {
  const pages: ArrangedBlock[][] = [[]];
  let room = mostRows;
  for (const { title, rows } of table.blocks)
    for (let start = 0; start < rows.length; ) {
      if (room < 3) {
        pages.push([]);
        room = mostRows;
      }
      const some = rows.slice(start, start + room - 1);
      pages[pages.length - 1].push({ title, rows: some });
      start += some.length;
      room -= some.length + (title === '' ? 0 : 1);
    }
  return pages.map((blocks, p) => ({
    ...table,
    blocks,
    title: p === 0 ? table.title : [table.title, 'continued'].filter(Boolean).join(', '),
  }));
}

function latexTable(summary: ReportSummary, table: ArrangedTable, options: PaperOptions, index: number): string[] {
  const cells = table.blocks.map(({ rows }) => rows.map((row) => row.cells.map((cell) => paperCell(cell, options, summary.testing.alpha))));
  const parts = partsOf(cells.flat(2), options);
  const environment = tablePoints(table, options) <= columnPoints ? 'table' : 'table*';
  const columns = (table.heads.at(-1) as readonly Span[]).length;
  const body = table.blocks.flatMap(({ title, rows }, b) => [
    ...(title === ''
      ? []
      : [
          ...(b === 0 ? [] : ['\\addlinespace']),
          `\\multicolumn{${1 + columns * parts.length}}{@{}l}{\\textit{${escapeLatex(title)}}} \\\\`,
        ]),
    ...rows.map(
      ({ name }, r) =>
        `${[`${title === '' ? guarded(nameLatex(name)) : `\\quad ${nameLatex(name)}`}`, ...cells[b][r].flatMap((cell) => parts.map((part) => part.text(cell)))].join(' & ')} \\\\`,
    ),
  ]);
  const like = `Numbers and signs as in Table~\\ref{${options.label}}.`;
  const caption =
    index === 0
      ? paperCaption(summary, options, table.title).map(captionLatex).join(' ')
      : [...captionStart(options, table.title).map(captionLatex), like].join(' ');
  return [
    `\\begin{${environment}}`,
    '\\centering\\footnotesize\\setlength{\\tabcolsep}{3pt}',
    '\\setlength{\\belowcaptionskip}{4pt}',
    `\\caption{${caption}}`,
    `\\label{${options.label}${index === 0 ? '' : `-${index + 1}`}}`,
    `\\begin{tabular}{@{}l${parts
      .map(({ column }) => column)
      .join('')
      .repeat(columns)}@{}}`,
    '\\toprule',
    ...linesOfHeads(table, parts),
    '\\midrule',
    ...body,
    '\\bottomrule',
    '\\end{tabular}',
    `\\end{${environment}}`,
  ];
}

/** What stands side by side for one value of the table. */
interface Part {
  readonly column: string;
  readonly head: string;
  text(cell: PaperCell): string;
}

/** Numbers in columns of siunitx, which understands no other text unless it is in braces. */
function partsOf(cells: readonly PaperCell[], { marks, decimals }: PaperOptions): Part[] {
  const whole = (texts: readonly string[]) => Math.max(1, ...texts.map((text) => text.replace(/^[-+]/, '').split('.')[0].length));
  const means = cells.map(({ mean }) => mean);
  const sign = means.some((mean) => mean.startsWith('-')) ? '-' : '';
  const number = (format: string, more = '') => `S[table-format=${format},detect-weight,mode=text${more}]`;
  const behind = cells.some(({ half, sign: mark }) => half !== '' || mark !== '');
  const daggers = { '': '', above: '$^{\\dagger}$', below: '$^{\\ddagger}$' };
  return [
    {
      column: number(`${sign}${whole(means)}.${decimals}`),
      head: '',
      text: ({ mean, best }) => (mean === '' ? '{--}' : `${best ? '\\bfseries ' : ''}${mean}`),
    },
    ...(behind
      ? [
          {
            column: '@{\\,}l',
            head: '',
            text: ({ half, sign: mark }: PaperCell) => `${half === '' ? '' : `{\\scriptsize$\\pm$${half}}`}${daggers[mark]}`,
          },
        ]
      : []),
    ...(marks.includes('delta')
      ? [
          {
            column: number(`+${whole(cells.map(({ delta }) => delta))}.${decimals}`, ',retain-explicit-plus'),
            head: '$\\Delta$',
            text: ({ delta }: PaperCell) => delta || '{--}',
          },
        ]
      : []),
    ...(marks.includes('p')
      ? [{ column: number('1.3'), head: '$p$', text: ({ p }: PaperCell) => (p.startsWith('<') ? `{$<$${p.slice(1)}}` : p || '{--}') }]
      : []),
  ];
}

/** A line for each level of heads with rules under those that span, and one for what stands side by side where it has heads. */
function linesOfHeads({ heads, corner }: ArrangedTable, parts: readonly Part[]): string[] {
  const told = parts.some(({ head }) => head !== '');
  const lines = heads.flatMap((spans, level) => {
    const last = level === heads.length - 1;
    let at = 2;
    const placed = spans.map(({ text, columns }) => {
      const [from, wide] = [at, columns * parts.length];
      at += wide;
      return {
        text: `\\multicolumn{${wide}}{c}{${last ? stacked(headLines(text), 'b', 'c') : escapeLatex(text)}}`,
        rule: `\\cmidrule(lr){${from}-${from + wide - 1}}`,
        wide,
      };
    });
    const name = last && !told ? escapeLatex(corner) : '';
    const ruled = !last || told;
    return [`${[name, ...placed.map(({ text }) => text)].join(' & ')} \\\\`, ...(ruled ? [placed.map(({ rule }) => rule).join('')] : [])];
  });
  if (!told) return lines;
  const count = (heads.at(-1) as readonly Span[]).length;
  const heading = parts.map(({ head }, p) => (p === 0 ? 'mean' : head)).map((head) => `{${head}}`);
  return [...lines, `${[escapeLatex(corner), ...Array.from({ length: count }, () => heading).flat()].join(' & ')} \\\\`];
}

/** A row that begins with a bracket would be taken for an option of the row before it, one with a star for a command of it. */
const guarded = (name: string): string => (/^[[*]/.test(name) ? `{}${name}` : name);

/** Text in several lines of one cell, the first beside what stands in the row (t), or the last (b). */
const stacked = (lines: readonly string[], place: 't' | 'b', align: 'l' | 'c'): string =>
  lines.length === 1
    ? escapeLatex(lines[0])
    : `\\begin{tabular}[${place}]{@{}${align}@{}}${lines.map(escapeLatex).join(' \\\\ ')}\\end{tabular}`;

const nameLatex = (name: string): string => stacked(nameLines(name), 't', 'l');

const captionLatex = (text: string): string =>
  escapeLatex(text).replaceAll('†', '$\\dagger$').replaceAll('‡', '$\\ddagger$').replaceAll('–', '--');
