import { stringify } from 'yaml';
import { axisPicture, axisRange, bandsFit } from '../charts/axis-picture.ts';
import type { Picture } from '../charts/draw-svg.ts';
import { rangeOf } from '../charts/encodings.ts';
import { escapeHtml } from '../charts/escape-html.ts';
import { type Comparison, sharedSeries, type View } from '../charts/figure.ts';
import { metricPicture } from '../charts/metric-picture.ts';
import { queryDifferencePicture } from '../charts/query-difference-picture.ts';
import { varyingMethodKeys } from '../records/varying-keys.ts';
import { commandLine } from '../terminal/shell-words.ts';
import { chooseFields, chooseScript } from './choose-script.ts';
import { costTable, digestTable } from './details-tables.ts';
import { type RunsReport, runKeys } from './gather-report.ts';
import { summaryHeads } from './grouped-heads.ts';
import { groupWords, valueText } from './grouping.ts';
import { codeBlock, commandBlock, folded, listOf, type Page, type PictureGroup, pageHtml, section, warningBox } from './page-frame.ts';
import type { Presentation } from './presentation.ts';
import { reportFindings } from './report-findings.ts';
import { differenceNote, differenceTitle, dotsNote } from './report-page.ts';
import { resultTableHtml, rowHtml, scrollTable } from './report-table.ts';
import type { GroupDetails } from './run-details.ts';
import { tableSection } from './text-table-forms.ts';
import { winnersTable } from './winners.ts';

/** Pictures of a section that are open, and that more of them are folded away; the rest is in the records, and among figures. */
const open = 8;
const most = 24;

/** The page over many runs. */
export function comparisonParts(report: RunsReport): Page {
  const { summary, metric, details, along, compared, byUnit, presentations } = report;
  const winners = winnersTable(summary);
  const parts: (string | PictureGroup)[] = [
    warningBox([...failures(report), ...undrawn(report), ...summary.warnings]),
    listOf(reportFindings(summary, metric)),
    section('Results', `${chooseFields}\n<div class="choosable">${resultTableHtml(summary, summaryHeads(summary))}</div>`),
    winners === null ? '' : tableSection(winners),
  ];
  for (const { axis, pictures: all } of along) {
    const range = axisRange(all.map(({ lines }) => lines));
    const drawn = all.map((one) => axisPicture(one.title, metric, axis, one.lines, range));
    const bands = all.some(({ lines }) => bandsFit(lines)) ? 'with its 95 % band' : '(intervals, too many to draw, stand in the table)';
    const note = `Mean over seeds ${bands}; dashed: reference points.`;
    parts.push(pictures(`${metric} by ${axis.words}`, note, drawn));
  }
  const dots = summary.metrics.map((_, c) => metricPicture(summary, c));
  parts.push(pictures('Metrics by method', dotsNote(summary), dots));
  if (compared !== null) {
    const range = rangeOf([0, ...byUnit.flatMap(({ differences }) => differences)]);
    const drawn = byUnit.map((one) => queryDifferencePicture(one.title, { ...compared, metric: compared.label, range }, one.differences));
    parts.push(pictures(differenceTitle(compared), differenceNote(summary, compared), drawn));
  }
  for (const view of viewsOf(presentations)) parts.push(viewSection(view, report));
  parts.push(section('Time and memory', costTable(summary, details)));
  parts.push(section('Runs', runsTable(report)));
  parts.push(section('Repeat this', repeat(report)));
  return { title: pageTitle(report), lead: lead(report), parts, script: chooseScript };
}

/** What the tasks of the runs show; a view that several have is shown once. */
const viewsOf = (presentations: readonly Presentation[]): View[] => [
  ...new Map(presentations.flatMap(({ views }) => views).map((view) => [view.title, view])).values(),
];

function viewSection(view: View, { summary, details }: RunsReport): string | PictureGroup {
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

const undrawn = ({ unknownTasks }: RunsReport) =>
  unknownTasks.map(
    (task) => `the tables of the task ${task} are not drawn: nobody here knows it; --plugin FILE names the file that defines it`,
  );

function pageTitle({ runs }: RunsReport): string {
  const names = [...new Set(runs.map(({ config }) => String(config.name)))];
  return names.length > 3 ? `${names.slice(0, 3).join(', ')} and ${names.length - 3} more` : names.join(', ');
}

function lead({ runs, summary }: RunsReport): string {
  const seeds = new Set(runs.flatMap(({ metrics }) => metrics.map(({ seed }) => seed))).size;
  const count = (n: number, noun: string) => `${n} ${noun}${n === 1 ? '' : 's'}`;
  const keys = [...summary.grouping.rowKeys, ...summary.grouping.columnKeys].join(', ');
  return `${count(runs.length, 'run')} · ${count(summary.rows.length, 'method')} · ${count(seeds, 'seed')} · grouped by ${keys}`;
}

const failures = ({ failed }: RunsReport) =>
  failed.length === 0
    ? []
    : [
        `${failed.length === 1 ? 'one run' : `${failed.length} runs`} failed and is not in the numbers: ${failed
          .slice(0, 5)
          .map(({ id, error }) => `${id} (${error})`)
          .join('; ')}${failed.length > 5 ? ' …' : ''}`,
      ];

/** Pictures of a section, the first ones open and some more folded. */
const pictures = (title: string, note: string, all: readonly (Picture | null)[]): PictureGroup => ({
  title,
  note,
  pictures: all.filter((picture) => picture !== null),
  open,
  shown: most,
});

function runsTable({ runs }: RunsReport): string {
  const { keys, sorted, text } = runKeys(runs);
  const rows = sorted.map((run) => {
    const { backend, git, finished } = run.status;
    const seeds = [...new Set(run.metrics.map(({ seed }) => seed))].join(', ');
    const commit = git ? `${git.commit.slice(0, 8)}${git.dirty ? ' + changes' : ''}` : '–';
    const ended = finished?.slice(0, 16).replace('T', ' ') ?? '–';
    return rowHtml([run.id, seeds, ...keys.map((key) => text(run, key)), backend?.name ?? '–', commit, ended]);
  });
  const table = scrollTable('Runs', ['run', 'seeds', ...keys, 'backend', 'commit', 'finished (UTC)'], rows, 'cells');
  return rows.length > 20 ? folded(`${rows.length} runs`, table) : table;
}

/** The command, and the config that all runs share; where they differ stands in its place. */
function repeat({ runs, command }: RunsReport): string {
  const { keys } = runKeys(runs);
  const varying = [...keys, ...varyingMethodKeys(runs)];
  const single = commandLine(['counterrank', 'run', `${runs[0].folder}/config.json`]);
  const note =
    varying.length > 0
      ? `The first run's; runs differ in seeds${varying.map((key) => `, ${key}`).join('')}.`
      : 'The same for all runs, but for seeds.';
  return [
    commandBlock(`${command} --out report`),
    '<p class="soft">A single run is repeated from its own config:</p>',
    commandBlock(single),
    folded('The whole config, defaults included', `<p class="soft">${escapeHtml(note)}</p>${codeBlock(stringify(runs[0].config))}`),
  ].join('\n');
}

/** The same as HTML that needs nothing else: no network, pictures as SVG. */
export const comparisonPage = (...words: Parameters<typeof comparisonParts>): Promise<string> => pageHtml(comparisonParts(...words));
