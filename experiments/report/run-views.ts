import type { Picture } from '../charts/draw-svg.ts';
import { escapeHtml } from '../charts/escape-html.ts';
import { type Comparison, type Digest, type Figure, type Listing, sharedSeries, type View } from '../charts/figure.ts';
import { type RunResult, seriesOf } from '../tables/run-result.ts';
import { type PictureGroup, section } from './page-frame.ts';
import { cellsHtml, rowHtml, scrollTable } from './report-table.ts';

/** What a name is called. */
export type Name = (text: string) => string;

/** What a view of a task shows of a run. */
export const runView = (view: View, result: RunResult, name: Name): string | PictureGroup => {
  if (view.kind === 'figure') return { title: view.title, note: view.note, pictures: figurePictures(view, result, name) };
  if (view.kind === 'comparison') return { title: view.title, note: view.note, wide: true, pictures: comparedPicture(view, result, name) };
  return section(view.title, view.kind === 'digest' ? digestTable(view, result, name) : listingTable(view, result, name));
};

/** The pictures of a figure for every method of a run, or for all methods with the same rows. */
export function figurePictures({ table, shared, draw }: Figure, { methods, tables }: RunResult, name: Name = (text) => text): Picture[] {
  const all = methods.map((title) => ({ title, series: seriesOf(tables[table.name] ?? [], title) }));
  return sharedSeries(all, shared).flatMap(({ titles, series }) => draw(titles.map(name).join(', '), series) ?? []);
}

/** The picture of all methods of a run; none where there is nothing to compare. */
function comparedPicture({ title, draw }: Comparison, { methods, tables }: RunResult, name: Name): Picture[] {
  const all = methods.map((method) => ({ title: name(method), seriesOf: (table: string) => seriesOf(tables[table] ?? [], method) }));
  const picture = draw(title, all);
  return picture === null ? [] : [picture];
}

function digestTable({ table, title, note, head, cell }: Digest, { methods, tables }: RunResult, name: Name): string {
  const rows = methods.flatMap((method) => {
    const text = cell(seriesOf(tables[table.name] ?? [], method));
    return text === '' ? [] : [rowHtml([name(method), text])];
  });
  return rows.length === 0 ? '' : `<p class="soft">${escapeHtml(note)}</p>\n${scrollTable(title, ['method', head], rows)}`;
}

function listingTable({ table, title, note, head, cells }: Listing, { tables }: RunResult, name: Name): string {
  const rows = (tables[table.name] ?? []).map((row) => [name(row.method), row.seed, ...cells(row)]);
  if (rows.length === 0) return '';
  const words = note === '' ? '' : `<p class="soft">${escapeHtml(note)}</p>\n`;
  const kind = rows.some((row) => (row.at(-1) as string).length > 30) ? 'words' : 'cells'; // sentences come last, and wrap
  return (
    words +
    scrollTable(
      title,
      ['method', 'seed', ...head],
      rows.map((row) => cellsHtml(row)),
      kind,
    )
  );
}
