import { escapeHtml } from '../charts/escape-html.ts';
import type { Digest } from '../charts/figure.ts';
import { groupHeads } from './grouped-heads.ts';
import { valueText } from './grouping.ts';
import type { ReportSummary } from './report-summary.ts';
import { rowHtml, scrollTable } from './report-table.ts';
import type { GroupDetails } from './run-details.ts';

type Cell = (details: GroupDetails) => string;

/** A row per method, a column per group of runs. Methods for which no cell says anything are left out; all of them: no table. */
function detailsTable(label: string, summary: ReportSummary, details: readonly GroupDetails[], cell: Cell): string {
  const { rows, columns } = summary;
  const groups = [...new Map(columns.map(({ group }) => [group.id, group])).values()];
  const lines = rows.flatMap((row) => {
    const cells = groups.map(({ id }) => {
      const one = details.find((candidate) => candidate.row.id === row.id && candidate.column.id === id);
      return one ? cell(one) : '';
    });
    if (cells.every((text) => text === '')) return [];
    const name = row.values.map(valueText).join(' · ');
    return [rowHtml([name, ...cells.map((text) => text || '–')])];
  });
  const heads = groupHeads(groups, summary, label);
  const last = heads.at(-1)?.map(({ text }) => text) ?? [];
  return lines.length === 0 ? '' : scrollTable(label, ['method', ...last], lines, 'numbers', heads.slice(0, -1));
}

/** A table in words, by method and group of runs; empty where it says nothing. */
export function digestTable({ table, head, note, cell }: Digest, summary: ReportSummary, details: readonly GroupDetails[]): string {
  const html = detailsTable(head, summary, details, ({ seriesOf }) => cell(seriesOf(table.name)));
  return html === '' ? '' : `<p class="soft">${escapeHtml(note)}</p>\n${html}`;
}

/** Seconds of learning and evaluation per seed, and the peak memory of the process. */
export function costTable(summary: ReportSummary, details: readonly GroupDetails[]): string {
  const table = detailsTable('seconds and memory', summary, details, ({ seconds, peakMemory }) => {
    const time = seconds.length === 0 ? '' : `${(seconds.reduce((sum, value) => sum + value, 0) / seconds.length).toPrecision(2)} s`;
    const memory = peakMemory.length === 0 ? '' : `${Math.round(Math.max(...peakMemory) / 1e6)} MB`;
    return [time, memory].filter((text) => text !== '').join(' · ');
  });
  if (table === '') return '';
  return `<p class="soft">Mean seconds of learning and evaluation per seed; highest peak memory of the process, all methods of a run together.</p>\n${table}`;
}
