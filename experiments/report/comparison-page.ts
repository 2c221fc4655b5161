import { stringify } from 'yaml';
import { curvesPicture } from '../charts/curve-picture.ts';
import type { Picture } from '../charts/draw-svg.ts';
import { escapeHtml } from '../charts/escape-html.ts';
import { metricPicture } from '../charts/metric-picture.ts';
import { queryDifferencePicture } from '../charts/query-difference-picture.ts';
import { sessionsPicture } from '../charts/sessions-picture.ts';
import { varyingMethodKeys } from '../records/varying-keys.ts';
import { propensitiesPicture } from '../tasks/ranking/propensity-picture.ts';
import { exposureNote, exposuresPicture, sharedExposures } from '../tasks/recommendation/exposure-picture.ts';
import { commandLine } from '../terminal/shell-words.ts';
import { clippedTable, costTable } from './details-tables.ts';
import { type RunsReport, runKeys } from './gather-report.ts';
import { groupWords, valueText } from './grouping.ts';
import { codeBlock, folded, htmlPage, listOf, pictureGrid, section, warningBox } from './page-frame.ts';
import { reportFindings } from './report-findings.ts';
import { differenceNote, dotsNote } from './report-page.ts';
import { resultTableHtml, scrollTable } from './report-table.ts';
import type { GroupDetails } from './run-details.ts';

/** Pictures of a section that are open, and that more of them are folded away; the rest is in the records. */
const open = 8;
const most = 24;

/** One page over many runs that needs nothing else: no script, no network, pictures as SVG. */
export async function comparisonPage(report: RunsReport): Promise<string> {
  const { summary, metric, details, bySessions, byQuery } = report;
  const title = (one: GroupDetails) =>
    [one.row.values.map(valueText).join(' · '), ...groupWords(one.column.values, summary.grouping.columnKeys)].join(' · ');
  return htmlPage(pageTitle(report), lead(report), [
    warningBox([...failures(report), ...summary.warnings]),
    listOf(reportFindings(summary, details)),
    section('Results', resultTableHtml(summary)),
    await pictures(
      `${metric} by number of sessions`,
      'Mean over seeds with its 95 % band; dashed: production ranker and skyline.',
      bySessions.map((one) => sessionsPicture(one.title, metric, one.lines)),
    ),
    await pictures(
      'Metrics by method',
      dotsNote(summary),
      summary.metrics.map((_, c) => metricPicture(summary, c)),
    ),
    await pictures(
      'Differences by query',
      differenceNote(summary),
      byQuery.map((one) => queryDifferencePicture(one.title, one.metric, one.differences)),
    ),
    await pictures(
      'Propensities',
      'Probability that a rank is examined, relative to rank 1, on a log axis: mean over runs and seeds, band from the lowest to the highest.',
      details.map((one) => propensitiesPicture(title(one), one.propensities)),
    ),
    await pictures(
      'Exposure',
      exposureNote,
      detailsExposures(details, title).map(({ titles, exposures }) => exposuresPicture(titles.join(', '), exposures)),
    ),
    await pictures(
      'Learning curves',
      'One line per seed, up to where training ended. Losses differ in scale from method to method; each has its own axis.',
      details.map((one) => curvesPicture(title(one), one.curves)),
    ),
    section('Clipped weights', clippedTable(summary, details)),
    section('Time and memory', costTable(summary, details)),
    section('Runs', runsTable(report)),
    section('Repeat this', repeat(report)),
  ]);
}

const detailsExposures = (details: readonly GroupDetails[], title: (one: GroupDetails) => string) =>
  sharedExposures(details.map((one) => ({ title: title(one), exposures: one.exposures })));

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

/** A section of pictures, the first ones open and some more folded. */
async function pictures(title: string, note: string, all: readonly (Picture | null)[]): Promise<string> {
  const drawn = all.filter((picture) => picture !== null);
  if (drawn.length === 0) return '';
  const more = drawn.slice(open, most);
  const rest = drawn.length > most ? ` The other ${drawn.length - most} are left out: group by fewer keys to see them.` : '';
  const parts = [`<p class="soft">${escapeHtml(note + rest)}</p>`, await pictureGrid(drawn.slice(0, open))];
  if (more.length > 0) parts.push(folded(`${more.length} more`, await pictureGrid(more)));
  return section(title, parts.join('\n'));
}

function runsTable({ runs }: RunsReport): string {
  const { keys, sorted, text } = runKeys(runs);
  const rows = sorted.map((run) => {
    const { backend, git, finished } = run.status;
    const seeds = [...new Set(run.metrics.map(({ seed }) => seed))].join(', ');
    const commit = git ? `${git.commit.slice(0, 8)}${git.dirty ? ' + changes' : ''}` : '–';
    const cells = [
      seeds,
      ...keys.map((key) => text(run, key)),
      backend?.name ?? '–',
      commit,
      finished?.slice(0, 16).replace('T', ' ') ?? '–',
    ];
    return `<th scope="row">${escapeHtml(run.id)}</th>${cells.map((cell) => `<td>${escapeHtml(cell)}</td>`).join('')}`;
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
    codeBlock(`${command} --out report`),
    '<p class="soft">A single run is repeated from its own config:</p>',
    codeBlock(single),
    folded('The whole config, defaults included', `<p class="soft">${escapeHtml(note)}</p>${codeBlock(stringify(runs[0].config))}`),
  ].join('\n');
}
