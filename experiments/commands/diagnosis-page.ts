import { type BiasChoice, type BiasEstimatorEntry, namedBias, percent, triedOn } from '../../estimators/index.ts';
import { drift, type LogPart, oddSessions } from '../../src/diagnostics/index.ts';
import { UsageError } from '../../src/errors.ts';
import { normalQuantile } from '../../src/stats/normal.ts';
import { type BandLine, bandChart } from '../charts/band-chart.ts';
import { escapeHtml } from '../charts/escape-html.ts';
import type { Parts } from '../parts/parts.ts';
import { codeBlock, type Page, pageHtml, section } from '../report/page-frame.ts';
import { rowHtml, scrollTable } from '../report/report-table.ts';
import { type TextTable, tableHtml } from '../report/text-table-forms.ts';
import type { BiasConfig } from '../tasks/bias/bias-config.ts';
import { lackOf } from '../tasks/bias/bias-faults.ts';
import type { Diagnosed, DiagnosedLog } from '../tasks/bias/diagnosed.ts';
import { estimateBias } from '../tasks/bias/prepare-bias.ts';
import {
  biasTable,
  confoundingText,
  featureText,
  graphText,
  logText,
  nextText,
  rankTable,
  readingText,
  weightingTable,
} from './diagnosis-text.ts';

/** What a log can tell, as a page by itself. */
export function diagnosisPage(parts: Parts, config: BiasConfig, log: DiagnosedLog): Promise<string> {
  const { path } = log.found;
  return pageHtml({
    title: `What ${path} can tell`,
    lead: 'before anything is fitted to it',
    parts: diagnosisSections(parts, config, log),
  });
}

/** Its sections, for a page that says more. */
export function diagnosisSections(parts: Parts, config: BiasConfig, { found, logs }: DiagnosedLog): Page['parts'] {
  const { train } = logs.logs;
  const parted = logs.order === undefined ? null : drift(train.log, logs.order);
  return [
    section('What to do next', words(withoutTitle(nextText(found)))),
    section('The log', words(logText(found))),
    {
      title: 'Click-through by rank',
      note: 'Clicks over sessions that were shown the rank, with 95 % intervals: bias and relevance in one.',
      pictures: [clickThroughPicture(found)],
    },
    {
      title: 'Examination by rank, by several methods',
      note: 'Probability that a rank is examined over that of rank 1, on a log axis, with 95 % intervals where a method has one by formula. naive-ctr takes clicks for it; where the others agree, the log tells it.',
      pictures: curvesPictures(parts, config, found, logs),
    },
    section('Ranks', table(rankTable(found))),
    textSection(graphText(found)),
    textSection(featureText(found.diagnosis)),
    textSection(confoundingText(found)),
    textSection(readingText(found.diagnosis)),
    ...driftSection(parted),
    oddSection(found, logs),
    section('Weightings', table(weightingTable(found))),
    section('Estimators of bias', table(biasTable(found), 'words')),
  ];
}

const words = (text: string): string => {
  const lines = text.split('\n');
  const code = lines.filter((line) => line.trim().startsWith('estimators: ')).map((line) => codeBlock(line.trim()));
  return [
    ...code,
    ...lines
      .filter((line) => line.trim() !== '' && !line.trim().startsWith('estimators: '))
      .map((line) => `<p>${escapeHtml(line.trim())}</p>`),
  ].join('\n');
};
const withoutTitle = (text: string) => text.slice(text.indexOf('\n') + 1);
const textSection = (text: string): string => (text === '' ? '' : section(text.slice(0, text.indexOf('\n')), words(withoutTitle(text))));
const table = (of: TextTable, kind: 'numbers' | 'words' = 'numbers') =>
  kind === 'numbers'
    ? tableHtml(of)
    : scrollTable(
        of.title,
        of.head,
        of.rows.map((row) => rowHtml(row)),
        kind,
      );

/** Wilson's intervals: those of a share near 0 stay above it. */
function clickThroughPicture({ diagnosis: { clickThrough, overlap } }: Diagnosed) {
  const z = normalQuantile(0.975);
  const end = (sign: number) =>
    clickThrough.map((rate, k) => {
      const n = overlap.impressions[k];
      return (rate + z ** 2 / (2 * n) + sign * z * Math.sqrt((rate * (1 - rate)) / n + z ** 2 / (4 * n ** 2))) / (1 + z ** 2 / n);
    });
  const line = { name: 'click-through', values: clickThrough, lower: end(-1), upper: end(1) };
  return bandChart([line], { title: 'Click-through', x: 'rank', y: 'clicks over impressions' });
}

/** By methods that fit no ranker; one that the log does not suffice for is left out. */
function curvesPictures(parts: Parts, config: BiasConfig, { diagnosis, bias }: Diagnosed, logs: DiagnosedLog['logs']) {
  const model = bias.find(({ name }) => name === 'click-model')?.model ?? null;
  const names = ['naive-ctr', ...triedOn(diagnosis), ...(triedOn(diagnosis).includes('all-pairs') ? ['pivot-one', 'adjacent-chain'] : [])];
  const choices: readonly { readonly label: string; readonly choice: BiasChoice }[] = [
    ...names.map((name) => ({ label: name, choice: { name } as BiasChoice })),
    ...(model === null ? [] : [{ label: `click-model (${model})`, choice: { clickModel: { name: model } } as BiasChoice }]),
  ];
  const lines = choices.flatMap(({ label, choice }): BandLine[] => {
    const { name, ...options } = namedBias(choice);
    const entry = (parts.biasEstimators as Readonly<Record<string, BiasEstimatorEntry>>)[name];
    if (lackOf(config, entry.needs, options) !== null) return [];
    try {
      const { examination, intervals } = estimateBias(parts, config, choice, logs, '1');
      return examination === null ? [] : [{ name: label, values: examination, lower: intervals?.lower, upper: intervals?.upper }];
    } catch (fault) {
      if (!(fault instanceof UsageError)) throw fault;
      return [];
    }
  });
  return lines.length === 0 ? [] : [bandChart(lines, { title: 'Examination', x: 'rank', y: 'over that of rank 1', logY: true })];
}

function driftSection(parts: readonly LogPart[] | null): Page['parts'] {
  if (parts === null)
    return [section('Drift', words('The order of the sessions is known of a log without --features only: diagnose it once without.'))];
  const mean =
    parts.reduce((sum, { sessions, clicks }) => sum + sessions * clicks.value, 0) / parts.reduce((sum, { sessions }) => sum + sessions, 0);
  const surely = normalQuantile(1 - 0.025 / parts.length); // of all parts together
  const off = parts.filter(({ clicks }) => Math.abs(clicks.value - mean) > surely * clicks.standardError).length;
  const line = (name: string, of: (part: LogPart) => LogPart['clicks']) => ({
    ...{
      name,
      values: parts.map((part) => of(part).value),
      lower: parts.map((part) => of(part).lower),
      upper: parts.map((part) => of(part).upper),
    },
  });
  const note = `The log in ${parts.length} parts of equal numbers of sessions, by their order in the file. ${
    off === 0
      ? 'No part has surely more or fewer clicks than all together.'
      : `${off} of them have surely more or fewer clicks a session than all together (95 % for all parts): users, documents or the ranker changed. Learn from the later part, or test on it (split.by: time).`
  } ${percent(parts[parts.length - 1].newLists)} of the sessions of the last part saw a list that no earlier part shows.`;
  return [
    {
      title: 'Drift',
      note,
      pictures: [
        bandChart([line('clicks a session', ({ clicks }) => clicks)], {
          title: 'Clicks a session',
          x: 'part of the log',
          y: 'clicks a session',
        }),
        bandChart([line('rank 1', ({ firstRank }) => firstRank)], {
          title: 'Click-through of rank 1',
          x: 'part of the log',
          y: 'clicks over sessions',
        }),
      ],
    },
  ];
}

const count = (value: number): string => (value < 10 && value > 0 ? value.toPrecision(2) : Math.round(value).toLocaleString('en-US'));

function oddSection({ diagnosis: { log } }: Diagnosed, { logs: { train }, order }: DiagnosedLog['logs']): string {
  const { clickedAll, expectedAll, repeated, expectedRepeated } = oddSessions(train.log, order);
  const many = clickedAll > 3 * expectedAll + 10;
  const lines = [
    `${count(clickedAll)} of ${count(log.sessions)} sessions clicked every document that they saw; about ${count(expectedAll)} would by chance.${
      many
        ? ' That many are scripts, or people who open all: they tell nothing of relevance, so look at who they are, and leave them out.'
        : ''
    }`,
    repeated === null || expectedRepeated === null
      ? 'Whether sessions are logged twice cannot be told without the order of the log.'
      : `${count(repeated)} clicked sessions follow an equal one in the file; about ${count(expectedRepeated)} would in random order.${
          repeated > 3 * expectedRepeated + 10 ? ' Either lines are counted or sorted, or sessions were logged twice.' : ''
        }`,
  ];
  return section('Odd sessions and duplicates', lines.map((line) => `<p>${escapeHtml(line)}</p>`).join('\n'));
}
