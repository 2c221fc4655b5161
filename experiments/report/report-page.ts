import { stringify } from 'yaml';
import type { Summary } from '../../src/stats/compare-methods.ts';
import type { Draw } from '../charts/draw-svg.ts';
import { metricPicture } from '../charts/metric-picture.ts';
import type { StudyConfig } from '../config/config-kind.ts';
import { mainMetric } from '../summary/summarise-run.ts';
import type { RunResult } from '../tables/run-result.ts';
import { findings } from './findings.ts';
import { codeBlock, commandBlock, folded, listOf, type Page, pageHtml, section, warningBox } from './page-frame.ts';
import type { Presentation } from './presentation.ts';
import { labelled, labelledWords, relabelled } from './renaming.ts';
import { resultTableHtml } from './report-table.ts';
import { runView } from './run-views.ts';
import { comparedMetric, differenceNote, differencePictures, differenceTitle } from './unit-differences.ts';

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
    ...presentation.views.map((view) => runView(view, result, name)),
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
