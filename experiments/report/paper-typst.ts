import { type ArrangedTable, type Arrangement, arrange } from './arrange-table.ts';
import type { Span } from './grouped-heads.ts';
import { captionStart, paperCaption } from './paper-caption.ts';
import { columnPoints, type PaperCell, type PaperOptions, pagePoints, paperCell, tablePoints } from './paper-cells.ts';
import type { ReportSummary } from './report-summary.ts';

/** A report as Typst tables: heads grouped, rules as booktabs has them. */
export function paperTypst(summary: ReportSummary, arrangement: Arrangement, options: PaperOptions): string {
  const tables = arrange(summary, arrangement, (table) => tablePoints(table, options) <= pagePoints);
  return tables.map((table, t) => typstTable(summary, table, options, t)).join('\n\n');
}

function typstTable(summary: ReportSummary, table: ArrangedTable, options: PaperOptions, index: number): string {
  const { title, corner, heads, blocks } = table;
  const columns = (heads.at(-1) as readonly Span[]).length;
  const headRows = heads.flatMap((spans, level) => {
    const last = level === heads.length - 1;
    let at = 1;
    const rules = spans.map(({ columns: wide }) => {
      const rule = `table.hline(start: ${at}, end: ${at + wide}, stroke: 0.4pt),`;
      at += wide;
      return rule;
    });
    const cells = [
      `[${last ? escapeTypst(corner) : ''}]`,
      ...spans.map(({ text, columns: wide }) => `table.cell(colspan: ${wide}, align: center)[${escapeTypst(text)}]`),
    ];
    return [`${cells.join(', ')},`, ...(last ? [] : rules)];
  });
  const body = blocks.flatMap(({ title: block, rows }) => [
    ...(block === '' ? [] : [`table.cell(colspan: ${columns + 1})[_${escapeTypst(block)}_],`]),
    ...rows.map(
      ({ name, cells }) =>
        `${[name, ...cells.map((cell) => cellText(paperCell(cell, options, summary.testing.alpha)))].map((text, i) => `[${i === 0 ? (block === '' ? '' : '#h(1em)') + escapeTypst(text) : text}]`).join(', ')},`,
    ),
  ]);
  const label = `${labelOf(options.label)}${index === 0 ? '' : `-${index + 1}`}`;
  const said = index === 0 ? paperCaption(summary, options, title) : captionStart(options, title);
  const like = index === 0 ? [] : [`Numbers and signs as in @${labelOf(options.label)}.`];
  const caption = [...said.map(escapeTypst), ...like].join(' ');
  return [
    '#figure(',
    ...(tablePoints(table, options) <= columnPoints
      ? []
      : ['  placement: top, scope: "parent", // over both columns of a paper that has two']),
    '  text(size: 8pt, table(',
    `    columns: ${columns + 1}, align: (left, ${'right, '.repeat(columns)}), stroke: none, inset: (x: 4pt, y: 2.5pt),`,
    ...['table.hline(),', ...headRows, 'table.hline(stroke: 0.5pt),', ...body, 'table.hline(),'].map((line) => `    ${line}`),
    '  )),',
    `  caption: [${caption}],`,
    `) <${label}>`,
  ].join('\n');
}

function cellText({ mean, half, best, sign, delta, p }: PaperCell): string {
  if (mean === '') return '–';
  const parts = [
    best ? `*${mean}*` : mean,
    { '': '', above: '#super[†]', below: '#super[‡]' }[sign],
    half === '' ? '' : ` #text(size: 0.8em)[±${half}]`,
    delta === '' ? '' : ` Δ ${delta.replace('-', '−')}`,
    p === '' ? '' : ` _p_ ${p.replace('<', '\\<')}`,
  ];
  return `#box[${parts.join('')}]`; // in one line
}

/** Only what a label of Typst may hold. */
const labelOf = (label: string): string => label.replaceAll(/[^\p{L}\p{N}_:.-]/gu, '-');

/** Text that Typst prints as it is: signs of markup, and what begins a list, a heading or a comment. */
const escapeTypst = (text: string): string =>
  text
    .replaceAll(/[\\#$*_@<>[\]`~]/g, '\\$&')
    .replaceAll('//', '/\\/')
    .replaceAll('--', '-\\-')
    .replace(/^[=+/-]/, '\\$&');
