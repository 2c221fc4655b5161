import { isCount, isOverallOnly, trecAverage, trecName } from '../../src/metrics/index.ts';
import type { SummaryCell } from '../../src/stats/compare-methods.ts';
import type { RunComparison, RunTest } from '../../src/stats/compare-runs.ts';
import { csvOf } from '../records/csv.ts';
import { latexTable } from '../report/latex-table.ts';
import { resultTable } from '../report/result-table.ts';
import { formatP, formatSigned, noNumber } from '../summary/format-number.ts';
import type { Screen } from '../terminal/screen.ts';
import { textTable } from '../terminal/text-table.ts';
import { forScreen } from '../terminal/wrap-words.ts';

/** How a comparison is told. `seen` is what surrounds it: files, rules, notes. */
export type RunText = (comparison: RunComparison, perTopic: boolean, screen: Screen, seen: object) => string;

/** Every measure of every run that was compared with the baseline. */
function compared({ runs, measures, summary, tests }: RunComparison) {
  return measures.flatMap((measure, m) => runs.map((run, r) => ({ run, measure, cell: summary.methods[r].cells[m], test: tests[r][m] })));
}

const tableText: RunText = (comparison, perTopic, screen) => {
  const parts = [resultTable(comparison.summary, screen)];
  const rows = compared(comparison).flatMap(({ run, measure, cell, test }) => (test === null ? [] : [testRow(run, measure, cell, test)]));
  if (rows.length > 0) parts.push(textTable(testHead, rows, screen), forScreen(testNote, screen));
  if (perTopic) parts.push(...comparison.measures.map((_, m) => topicTable(comparison, m, screen)));
  return parts.join('\n\n');
};

/** The tests against the baseline, both of them; cells of {@link testHead}. */
export const testHead = ['measure', 'run', 'Δ', '95 % interval', 't-test', 'Holm', 'randomisation', 'Holm', 'd_z', 'win/tie/loss'];
export const testNote =
  'Two-sided tests over topics of the difference from the baseline: paired t-test and sign-flip randomisation, each as it is and Holm-corrected over the runs of a measure. d_z: mean difference in standard deviations of the differences.';
export function testRow(run: string, measure: string, { difference, p, adjustedP }: SummaryCell, test: RunTest): string[] {
  const { randomisationP, adjustedRandomisationP, effectSize, wins, ties, losses } = test;
  return [
    measure,
    run,
    formatSigned(difference?.value ?? Number.NaN),
    `${formatSigned(difference?.lower ?? Number.NaN)} to ${formatSigned(difference?.upper ?? Number.NaN)}`,
    ...[p, adjustedP, randomisationP, adjustedRandomisationP].map(formatP),
    effectSize === null ? noNumber : effectSize.toFixed(2).replace('-', '−'),
    `${wins}/${ties}/${losses}`,
  ];
}

function topicTable({ runs, measures, topics, values }: RunComparison, m: number, screen: Screen): string {
  const rows = topics.map((topic, t) => [topic, ...values.map((ofRun) => ofRun[m][t].toFixed(4))]);
  return `${measures[m]}\n${textTable(['topic', ...runs], rows, screen)}`;
}

const csvText: RunText = (comparison, perTopic) => {
  const { runs, measures, topics, values } = comparison;
  if (perTopic) {
    const rows = runs.flatMap((run, r) =>
      measures.flatMap((measure, m) => topics.map((topic, t): (string | number)[] => [run, measure, topic, values[r][m][t]])),
    );
    return csvOf(['run', 'measure', 'topic', 'value'], rows);
  }
  const records = compared(comparison).map(flatRecord);
  return csvOf(Object.keys(records[0]), records.map(Object.values));
};

function flatRecord({ run, measure, cell, test }: ReturnType<typeof compared>[number]) {
  const { mean, difference, p, adjustedP } = cell;
  return {
    run,
    measure,
    mean: mean.value,
    lower: mean.lower,
    upper: mean.upper,
    topics: mean.n,
    difference: difference?.value ?? null,
    difference_lower: difference?.lower ?? null,
    difference_upper: difference?.upper ?? null,
    t_test_p: p,
    t_test_p_holm: adjustedP,
    randomisation_p: test?.randomisationP ?? null,
    randomisation_p_holm: test?.adjustedRandomisationP ?? null,
    randomisation_exact: test?.exact ?? null,
    cohen_dz: test?.effectSize ?? null,
    wins: test?.wins ?? null,
    ties: test?.ties ?? null,
    losses: test?.losses ?? null,
  };
}

const jsonText: RunText = (comparison, perTopic, _screen, seen) => {
  const { runs, measures, topics, values, summary } = comparison;
  const perTopicValues = () =>
    Object.fromEntries(
      runs.map((run, r) => [
        run,
        Object.fromEntries(measures.map((measure, m) => [measure, Object.fromEntries(topics.map((topic, t) => [topic, values[r][m][t]]))])),
      ]),
    );
  const results = compared(comparison).map(flatRecord);
  return JSON.stringify({ ...seen, baseline: summary.baseline, results, ...(perTopic ? { perTopic: perTopicValues() } : {}) }, null, 2);
};

/** As trec_eval prints: its names where it has them, four digits, counts as sums; one block per run, which starts with its name. */
const trecEvalText: RunText = ({ runs, measures, topics, values }, perTopic) => {
  const line = (name: string, topic: string, value: string) => `${name.padEnd(22)}\t${topic}\t${value}`;
  const names = measures.map((measure) => trecName(measure) ?? measure);
  const digits = measures.map((measure) => (isCount(measure) ? 0 : 4));
  const ofTopic = (r: number, t: number) =>
    measures.flatMap((measure, m) => (isOverallOnly(measure) ? [] : [line(names[m], topics[t], values[r][m][t].toFixed(digits[m]))]));
  return runs
    .flatMap((run, r) => [
      line('runid', 'all', run),
      ...(perTopic ? topics.flatMap((_, t) => ofTopic(r, t)) : []),
      ...names.map((name, m) => line(name, 'all', trecAverage(measures[m], values[r][m]).toFixed(digits[m]))),
    ])
    .join('\n');
};

/** Every output format by name. */
export const runTexts = {
  table: tableText,
  json: jsonText,
  csv: csvText,
  latex: ({ summary }) => latexTable(summary).trimEnd(),
  trec_eval: trecEvalText,
} satisfies Record<string, RunText>;
