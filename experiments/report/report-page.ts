import { stringify } from 'yaml';
import { curvePicture } from '../charts/curve-picture.ts';
import type { Picture } from '../charts/draw-svg.ts';
import { escapeHtml } from '../charts/escape-html.ts';
import { metricPicture } from '../charts/metric-picture.ts';
import { runQueryDifferences } from '../charts/query-difference-picture.ts';
import { type AnyConfig, isRecommendation } from '../engine/any-config.ts';
import type { RunResult } from '../engine/run-result.ts';
import type { Summary } from '../summary/summary.ts';
import { propensityPicture } from '../tasks/ranking/propensity-picture.ts';
import { exposureNote, exposuresPicture, runExposures } from '../tasks/recommendation/exposure-picture.ts';
import { clippedNote, shareWords } from './details-tables.ts';
import { findings } from './findings.ts';
import { codeBlock, folded, htmlPage, listOf, pictureSection, section, warningBox } from './page-frame.ts';
import { resultTableHtml, scrollTable } from './report-table.ts';

/**
 * One HTML page that needs nothing else: no script, no network, pictures as SVG. Same input, same bytes.
 * @param command what was typed, so that a reader can repeat the run
 */
export async function reportPage(config: AnyConfig, command: string, result: RunResult, summary: Summary): Promise<string> {
  const each = <T>(list: readonly T[], picture: (index: number) => Picture | null) =>
    list.map((_, i) => picture(i)).filter((one) => one !== null);
  const sections = [
    warningBox(result.warnings),
    listOf(findings(summary)),
    section('Results', resultTableHtml(summary)),
    await pictureSection(
      'Metrics by method',
      metricNote(summary),
      each(summary.metrics, (metric) => metricPicture(summary, metric)),
    ),
    await pictureSection('Differences by query', differenceNote(summary), runQueryDifferences(result, summary)),
    await pictureSection(
      'Propensities',
      propensityNote,
      each(result.methods, (method) => propensityPicture(result, method)),
    ),
    await pictureSection(
      'Exposure',
      exposureNote,
      runExposures(result).flatMap(({ titles, exposures }) => exposuresPicture(titles.join(', '), exposures) ?? []),
    ),
    await pictureSection(
      'Learning curves',
      curveNote,
      each(result.methods, (method) => curvePicture(result, method)),
    ),
    section('Clipped weights', clippedShares(result)),
    section('How training ended', statusTable(result)),
    section('Repeat this run', codeBlock(command) + folded('The whole config, defaults included', codeBlock(stringify(config)))),
  ];
  return htmlPage(config.name, lead(config), sections);
}

function lead(config: AnyConfig): string {
  const seedWords = `${config.seeds.length} ${config.seeds.length === 1 ? 'seed' : 'seeds'}`;
  if (isRecommendation(config)) return `${config.task} · ${config.world.name} world · ${config.model.name} · ${seedWords}`;
  const { data, simulation, ranker, training } = config;
  const source = data.path === null ? 'synthetic queries' : data.path;
  const clicks = `${simulation.sessions.toLocaleString('en-US')} sessions with ${simulation.clickModel.name} clicks`;
  return `${source} · ${clicks} · ${ranker.name} ranker, ${training.loss} loss · ${seedWords}`;
}

const metricNote = (summary: Summary) =>
  `${dotsNote(summary)}${summary.baseline === null ? '' : ` Tests are against ${summary.baseline}.`}`;
/** What is to be seen in a picture of a metric by method. */
export function dotsNote({ samples, methods }: Summary): string {
  const lines = methods.some(({ name }) => name === 'production' || name === 'skyline');
  const seeds = samples === 'seeds' ? '; faint marks: single seeds' : '';
  return `Dot and bar: mean and 95 % interval over ${samples}${seeds}${lines ? '; dashed lines: production ranker and skyline' : ''}.`;
}
export const differenceNote = ({ baseline }: Summary) =>
  `Difference from ${baseline} on every test query, mean over seeds, in the order of its size. A mean difference may come from few queries or from many.`;
const propensityNote =
  'Probability that a rank is examined, relative to rank 1, on a log axis: mean over seeds, band from the lowest to the highest seed.';
const curveNote = 'One line per seed, up to where training ended. Losses differ in scale from method to method; each has its own axis.';

/** Share of the clicks whose weight was cut, for the methods that can cut one. */
function clippedShares({ methods, clippedShare }: RunResult): string {
  const rows = methods.flatMap((method, m) => {
    const shares = clippedShare.map((ofSeed) => ofSeed[m]).filter((share) => share !== null);
    return shares.length === 0 ? [] : [`<th scope="row">${escapeHtml(method)}</th><td>${escapeHtml(shareWords(shares))}</td>`];
  });
  return rows.length === 0 ? '' : clippedNote + scrollTable('Clipped clicks', ['method', 'clipped clicks'], rows);
}

function statusTable({ methods, seeds, status }: RunResult): string {
  const rows = seeds.flatMap((seed, s) =>
    methods.flatMap((method, m) => {
      const one = status[s][m];
      if (one === null) return [];
      return [
        `<td>${escapeHtml(method)}</td><td>${escapeHtml(seed)}</td><td>${one.state}</td><td>${one.steps}</td><td>${escapeHtml(one.message)}</td>`,
      ];
    }),
  );
  return scrollTable('How training ended', ['method', 'seed', 'state', 'steps', 'why'], rows, 'words');
}
