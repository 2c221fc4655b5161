import type { Picture } from '../charts/draw-svg.ts';
import { type Comparison, sharedSeries, type View } from '../charts/figure.ts';
import { digestTable } from './details-tables.ts';
import type { RunsReport } from './gather-report.ts';
import { groupWords, valueText } from './grouping.ts';
import { type PictureGroup, section } from './page-frame.ts';
import type { Presentation } from './presentation.ts';
import type { GroupDetails } from './run-details.ts';

/** Pictures of a section that are open, and that more of them are folded away; the rest is in the records, and among figures. */
const open = 8;
const most = 24;

/** Pictures of a section, the first ones open and some more folded. */
export const pictures = (title: string, note: string, all: readonly (Picture | null)[]): PictureGroup => ({
  title,
  note,
  pictures: all.filter((picture) => picture !== null),
  open,
  shown: most,
});

/** What the tasks of the runs show; a view that several have is shown once. */
export const viewsOf = (presentations: readonly Presentation[]): View[] => [
  ...new Map(presentations.flatMap(({ views }) => views).map((view) => [view.title, view])).values(),
];

/** What a view of a task shows of many runs. */
export function comparisonView(view: View, { summary, details }: RunsReport): string | PictureGroup {
  if (view.kind === 'listing') return '';
  if (view.kind === 'digest') return section(view.title, digestTable(view, summary, details));
  if (view.kind === 'comparison') return { ...pictures(view.title, view.note, comparedPictures(view, summary, details)), wide: true };
  const title = (one: GroupDetails) =>
    [one.row.values.map(valueText).join(' · '), ...groupWords(one.column.values, summary.grouping.columnKeys)].join(' · ');
  const all = details.map((one) => ({ title: title(one), series: one.seriesOf(view.table.name) }));
  const drawn = sharedSeries(all, view.shared).map(({ titles, series }) => view.draw(titles.join(', '), series));
  return pictures(view.title, view.note, drawn);
}

/** A picture of all rows for each column. */
function comparedPictures(view: Comparison, { columns, grouping }: RunsReport['summary'], details: RunsReport['details']) {
  const groups = new Map(columns.map(({ group }) => [group.id, group])); // columns are of metrics too
  return [...groups.values()].map((group) => {
    const own = details.filter(({ column }) => column.id === group.id);
    const methods = own.map(({ row, seriesOf }) => ({ title: row.values.map(valueText).join(' · '), seriesOf }));
    return view.draw(groupWords(group.values, grouping.columnKeys).join(' · ') || view.title, methods);
  });
}
