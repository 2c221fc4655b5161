import { stringify } from 'yaml';
import type { Summary } from '../../src/stats/compare-methods.ts';
import type { Draw, Picture } from '../charts/draw-svg.ts';
import { rangeOf } from '../charts/encodings.ts';
import { escapeHtml } from '../charts/escape-html.ts';
import { type Comparison, type Digest, type Figure, type Listing, sharedSeries, type View } from '../charts/figure.ts';
import { metricPicture } from '../charts/metric-picture.ts';
import { plural, queryDifferencePicture } from '../charts/query-difference-picture.ts';
import type { StudyConfig } from '../config/config-kind.ts';
import { mainMetric } from '../summary/summarise-run.ts';
import { type RunResult, seriesOf } from '../tables/run-result.ts';
import { isPooled, type MetricDescription } from '../tables/study-description.ts';
import { findings } from './findings.ts';
import { codeBlock, commandBlock, folded, listOf, type Page, type PictureGroup, pageHtml, section, warningBox } from './page-frame.ts';
import type { Presentation } from './presentation.ts';
import { labelled, labelledWords, relabelled } from './renaming.ts';
import { cellsHtml, resultTableHtml, rowHtml, scrollTable } from './report-table.ts';

/** Parts of a command's own. */
export interface PageSections {
  readonly first?: Page['parts'];
  readonly last?: Page['parts'];
}

/**
 * The page of a run. Same input, same bytes.
 * @param command what was typed, so that a reader can repeat the run
 * @param beside what a command has to say, before the results and after them
 */
export function reportParts(
  presentation: Presentation,
  config: StudyConfig,
  command: string,
  result: RunResult,
  summary: Summary,
  { first = [], last = [] }: PageSections = {},
): Page {
  const { labels = {} } = config;
  const shown = relabelled(summary, labels);
  const name = (text: string) => labelled(labels, text);
  const compared = comparedMetric(result.metrics);
  const dots = shown.metrics.map((_, metric) => metricPicture(shown, metric));
  const parts = [
    ...first,
    warningBox(result.warnings.map((line) => labelledWords(labels, line))),
    listOf(findings(shown, name(mainMetric(summary.metrics)))),
    section('Results', resultTableHtml(shown)),
    { title: 'Metrics by method', note: metricNote(shown), pictures: dots },
    compared === null
      ? ''
      : {
          title: differenceTitle(compared),
          note: differenceNote(shown, compared),
          pictures: differencePictures(result, summary, compared, name),
        },
    ...presentation.views.map((view) => viewSection(view, result, name)),
    ...last,
  ];
  const repeat = commandBlock(command) + folded('The whole config, defaults included', codeBlock(stringify(config)));
  return { title: config.name, lead: presentation.lead(config), parts: [...parts, section('Repeat this run', repeat)] };
}

/** The same as HTML that needs nothing else: no network, pictures as SVG. @param draw asked for all pictures at once */
export const reportPage = async (
  presentation: Presentation,
  config: StudyConfig,
  command: string,
  result: RunResult,
  summary: Summary,
  draw?: Draw,
  beside?: PageSections,
): Promise<string> => pageHtml(reportParts(presentation, config, command, result, summary, beside), draw);

const metricNote = (summary: Summary) =>
  `${dotsNote(summary)}${summary.baseline === null ? '' : ` Tests are against ${summary.baseline}.`}`;

/** What is to be seen in a picture of a metric by method. */
export function dotsNote({ samples, methods }: Summary): string {
  const lines = methods.filter(({ reference }) => reference).map(({ method }) => method);
  const seeds = samples === 'seeds' ? '; faint marks: single seeds' : '';
  return `Dot and bar: mean and 95 % interval over ${samples}${seeds}${lines.length > 0 ? `; diamond and dashed line: ${lines.join(', ')}` : ''}.`;
}

/** The metric whose values are compared unit by unit: the main one, or the first that has a value for single units. */
export function comparedMetric(metrics: readonly MetricDescription[]): MetricDescription | null {
  const main = mainMetric(metrics.map(({ label }) => label));
  const single = metrics.filter((metric) => !isPooled(metric));
  return single.find(({ label }) => label === main) ?? single[0] ?? null;
}
export const differenceTitle = ({ unit }: MetricDescription) => `Differences by ${unit}`;
export const differenceNote = ({ baseline }: Summary, { unit }: MetricDescription) =>
  `Difference from ${baseline} on every test ${unit}, mean over seeds, in the order of its size. A mean difference may come from few ${plural(unit)} or from many.`;

/** The differences of every method that is no reference from the baseline; none without one. */
function differencePictures({ methods, metrics, values }: RunResult, summary: Summary, metric: MetricDescription, name: Name): Picture[] {
  const baseline = methods.indexOf(summary.baseline ?? '');
  const k = metrics.indexOf(metric);
  if (baseline < 0) return [];
  const all = summary.methods.flatMap(({ method, reference }, m) => {
    if (m === baseline || reference) return [];
    const differences = Array.from(values[0][m][k], (_, u) => {
      const ofSeeds = values.map((ofSeed) => ofSeed[m][k][u] - ofSeed[baseline][k][u]);
      return ofSeeds.reduce((sum, value) => sum + value, 0) / ofSeeds.length;
    });
    const defined = differences.filter((value) => !Number.isNaN(value));
    return defined.length === 0 ? [] : [{ method, defined }];
  });
  const range = rangeOf([0, ...all.flatMap(({ defined }) => defined)]); // of all methods, so that they can be compared
  return all.map(({ method, defined }) => queryDifferencePicture(name(method), { ...metric, metric: name(metric.label), range }, defined));
}

/** What a name is called. */
type Name = (text: string) => string;

const viewSection = (view: View, result: RunResult, name: Name): string | PictureGroup => {
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
