import { type ArrangedTable, type Arrangement, arrange } from './arrange-table.ts';
import type { Span } from './grouped-heads.ts';
import { paperCaption } from './paper-caption.ts';
import { type PaperCell, type PaperOptions, paperCell } from './paper-cells.ts';
import type { ReportSummary } from './report-summary.ts';

/** A report as Markdown tables, arranged as asked. Markdown has one line of heads: those above each other are joined. */
export const paperMarkdown = (summary: ReportSummary, arrangement: Arrangement, options: PaperOptions): string =>
  arrange(summary, arrangement, () => true)
    .map((table) => markdownTable(summary, table, options))
    .join('\n\n');

function markdownTable(summary: ReportSummary, table: ArrangedTable, options: PaperOptions): string {
  const heads = joinedHeads(table.heads);
  const row = (cells: readonly string[]) => `| ${cells.map((text) => text.replaceAll('|', '\\|')).join(' | ')} |`;
  const body = table.blocks.flatMap(({ title, rows }) => [
    ...(title === '' ? [] : [row([`*${title}*`, ...heads.map(() => '')])]),
    ...rows.map(({ name, cells }) => row([name, ...cells.map((cell) => cellText(paperCell(cell, options, summary.testing.alpha)))])),
  ]);
  const lines = [row([table.corner, ...heads]), row(['---', ...heads.map(() => '---:')]), ...body];
  return `${lines.join('\n')}\n\n${paperCaption(summary, options, table.title).join(' ').replaceAll('*', '\\*')}`;
}

/** The words over each column, from the top. */
function joinedHeads(heads: readonly (readonly Span[])[]): string[] {
  const levels = heads.map((spans) => spans.flatMap(({ text, columns }) => Array.from({ length: columns }, () => text)));
  return levels[0].map((_, c) => levels.map((texts) => texts[c]).join(' · '));
}

function cellText({ mean, half, best, sign, delta, p }: PaperCell): string {
  if (mean === '') return '–';
  const value = `${best ? `**${mean}**` : mean}${{ '': '', above: '†', below: '‡' }[sign]}${half === '' ? '' : ` ±${half}`}`;
  const beside = [delta === '' ? '' : `Δ ${delta.replace('-', '−')}`, p === '' ? '' : `p ${p}`].filter((text) => text !== '');
  return [value, ...beside].join('<br>');
}
