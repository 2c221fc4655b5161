import { axisPicture, axisRange, bandsFit } from '../charts/axis-picture.ts';
import { rangeOf } from '../charts/encodings.ts';
import { metricPicture } from '../charts/metric-picture.ts';
import { queryDifferencePicture } from '../charts/query-difference-picture.ts';
import { chooseFields, chooseScript } from './choose-script.ts';
import { comparisonView, pictures, viewsOf } from './comparison-views.ts';
import { costTable } from './details-tables.ts';
import type { RunsReport } from './gather-report.ts';
import { summaryHeads } from './grouped-heads.ts';
import { listOf, type Page, type PictureGroup, pageHtml, section, warningBox } from './page-frame.ts';
import { reportFindings } from './report-findings.ts';
import { dotsNote } from './report-page.ts';
import { resultTableHtml } from './report-table.ts';
import { repeatCommands, runsTable } from './runs-sections.ts';
import { tableSection } from './text-table-forms.ts';
import { differenceNote, differenceTitle } from './unit-differences.ts';
import { winnersTable } from './winners.ts';

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
  for (const view of viewsOf(presentations)) parts.push(comparisonView(view, report));
  parts.push(section('Time and memory', costTable(summary, details)));
  parts.push(section('Runs', runsTable(report)));
  parts.push(section('Repeat this', repeatCommands(report)));
  return { title: pageTitle(report), lead: lead(report), parts, script: chooseScript };
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

/** The same as HTML that needs nothing else: no network, pictures as SVG. */
export const comparisonPage = (...words: Parameters<typeof comparisonParts>): Promise<string> => pageHtml(comparisonParts(...words));
