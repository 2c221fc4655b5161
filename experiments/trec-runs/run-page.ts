import type { Summary, SummaryCell } from '../../src/stats/compare-methods.ts';
import type { RunComparison } from '../../src/stats/compare-runs.ts';
import type { Picture } from '../charts/draw-svg.ts';
import { rangeOf } from '../charts/encodings.ts';
import { escapeHtml } from '../charts/escape-html.ts';
import { metricPicture } from '../charts/metric-picture.ts';
import { queryDifferencePicture } from '../charts/query-difference-picture.ts';
import { findings } from '../report/findings.ts';
import { commandBlock, listOf, type Page, type PageWords, pageHtml, section, warningBox } from '../report/page-frame.ts';
import { cellsHtml, resultTableHtml, scrollTable } from '../report/report-table.ts';
import { formatSigned } from '../summary/format-number.ts';
import { testHead, testNote, testRow } from './run-texts.ts';

/** Topics shown as the farthest up and down. */
const farthest = 5;
/** Above so many topics their ticks would be one grey bar. */
const mostTicks = 100;

/** The page of runs compared: findings, table, pictures, tests, the topics that differ most. Same input, same bytes. */
export function runParts(comparison: RunComparison, words: PageWords & { readonly title: string }): Page {
  const { measures, summary } = comparison;
  const means = measures.map((_, m) => metricPicture(withTicks(summary), m));
  return {
    title: words.title,
    lead: words.lead,
    parts: [
      warningBox(words.notes),
      listOf(findings(summary)),
      section('Results', resultTableHtml(summary)),
      { title: 'Means by run', note: meanNote, pictures: means },
      { title: 'Differences by topic', note: differenceNote(summary.baseline), pictures: differencePictures(comparison) },
      section('Tests against the baseline', testTable(comparison)),
      section('Topics that differ most', topicTable(comparison)),
      section('Repeat this', commandBlock(words.command)),
    ],
  };
}

const meanNote =
  'Dot and bar: mean over topics and its 95 % t interval; faint marks: single topics, where they are few. Intervals that overlap may still hide a significant paired difference.';

/** The summary without the values of single topics where they are many. */
function withTicks(summary: Summary): Summary {
  const bare = (cell: SummaryCell) => (cell.values.length <= mostTicks ? cell : { ...cell, values: [] });
  return { ...summary, methods: summary.methods.map((method) => ({ ...method, cells: method.cells.map(bare) })) };
}

const differenceNote = (baseline: string | null) => `Run minus ${baseline} on every topic, from most gained to most lost.`;

const paired = ({ runs, summary, values }: RunComparison) => {
  const base = summary.methods.findIndex(({ method }) => method === summary.baseline);
  return base < 0 ? [] : runs.flatMap((run, r) => (r === base ? [] : [{ run, r, ofRun: values[r], ofBaseline: values[base] }]));
};

const differencesOf = (ofRun: Float64Array, ofBaseline: Float64Array) => Array.from(ofRun, (value, t) => value - ofBaseline[t]);

const ofTopics = { lowerIsBetter: false, unit: 'topic' };
const differencePictures = (comparison: RunComparison): Picture[] =>
  comparison.measures.flatMap((measure, m) => {
    const all = paired(comparison).map(({ run, ofRun, ofBaseline }) => ({ run, differences: differencesOf(ofRun[m], ofBaseline[m]) }));
    const range = rangeOf([0, ...all.flatMap(({ differences }) => differences)]); // of all runs, so that they can be compared
    return all.map(({ run, differences }) =>
      queryDifferencePicture(`${run} · ${measure}`, { metric: measure, ...ofTopics, range }, differences),
    );
  });

function testTable(comparison: RunComparison): string {
  const { runs, measures, summary, tests } = comparison;
  const rows = measures.flatMap((measure, m) =>
    runs.flatMap((run, r) => {
      const test = tests[r][m];
      return test === null ? [] : [cellsHtml(testRow(run, measure, summary.methods[r].cells[m], test))];
    }),
  );
  if (rows.length === 0) return '<p>One run, or one topic: nothing to test.</p>';
  return `${scrollTable('Tests against the baseline', testHead, rows)}\n<p class="soft">${escapeHtml(testNote)}</p>`;
}

/** On the first measure, as a table would be long otherwise. */
function topicTable(comparison: RunComparison): string {
  const { measures, topics } = comparison;
  const rows = paired(comparison).flatMap(({ run, ofRun, ofBaseline }) => {
    const differences = differencesOf(ofRun[0], ofBaseline[0]);
    const order = topics.map((_, t) => t).sort((a, b) => differences[b] - differences[a] || a - b);
    const shown = order.length <= 2 * farthest ? order : [...order.slice(0, farthest), ...order.slice(-farthest)];
    return shown.map((t) => cellsHtml([run, topics[t], ofRun[0][t].toFixed(4), ofBaseline[0][t].toFixed(4), formatSigned(differences[t])]));
  });
  if (rows.length === 0) return '<p>One run: nothing to compare.</p>';
  return scrollTable('Topics that differ most', ['run', 'topic', measures[0], 'baseline', 'Δ'], rows);
}

/** The same as HTML that needs nothing else: no network, pictures as SVG. */
export const runPage = (...words: Parameters<typeof runParts>): Promise<string> => pageHtml(runParts(...words));
