import { holmCorrection } from '../../src/stats/holm-correction.ts';
import { pairedTTest } from '../../src/stats/paired-t-test.ts';
import { formatMean, formatSigned } from '../summary/format-number.ts';
import { groupWords } from './grouping.ts';
import type { ReportCell, ReportColumn, ReportSummary } from './report-summary.ts';
import type { TextTable } from './text-table-forms.ts';

/** Who won in one column of a table. Methods by their labels; references are not in the race. */
export interface Winner {
  readonly column: ReportColumn;
  readonly best: string;
  readonly cell: ReportCell;
  readonly level: readonly string[]; // not told apart from the best
  /** Against naive: those above it and those below it. Null where there is no naive method. */
  readonly above: readonly string[] | null;
  readonly below: readonly string[] | null;
  readonly gain: number | null; // mean of best − naive
}

/**
 * The best of every column, and who is told apart from it and from naive: paired t-tests over the samples, Holm's correction over the methods of a column, level α. Nobody
 * is told apart with fewer than two samples. A winner is the best of many, so a little better than it would be again.
 */
export function winnersOf(summary: ReportSummary): Winner[] {
  const { columns, methods, lowerIsBetter, testing } = summary;
  const racing = methods.filter(({ reference }) => !reference);
  return columns.flatMap((column, c) => {
    const sign = lowerIsBetter.includes(column.metric) ? -1 : 1;
    const run = racing.filter(({ cells }) => !Number.isNaN(cells[c].mean.value));
    if (run.length < 2) return [];
    const best = run.reduce((a, b) => (sign * b.cells[c].mean.value > sign * a.cells[c].mean.value ? b : a));
    const naive = run.find(({ name }) => name === 'naive');
    const apart = (from: (typeof run)[number]) => {
      const others = run.filter((method) => method !== from);
      const tests = others.map(({ cells }) => compared(cells[c], from.cells[c]));
      const corrected = holmCorrection(tests.map((test) => test?.p ?? 1));
      return others.map(({ method }, i) => ({
        method,
        told: corrected[i] < testing.alpha,
        above: sign * (tests[i]?.difference.value ?? 0) > 0,
      }));
    };
    const fromNaive = naive === undefined ? null : apart(naive).filter(({ told }) => told);
    return [
      {
        column,
        best: best.method,
        cell: best.cells[c],
        level: apart(best).flatMap(({ method, told }) => (told ? [] : [method])),
        above: fromNaive?.flatMap(({ method, above }) => (above ? [method] : [])) ?? null,
        below: fromNaive?.flatMap(({ method, above }) => (above ? [] : [method])) ?? null,
        gain: naive === undefined ? null : best.cells[c].mean.value - naive.cells[c].mean.value,
      },
    ];
  });
}

/** Null where the two share fewer than two samples, or their differences are one number. */
function compared(one: ReportCell, other: ReportCell) {
  const [left, right] = pairedValues(one, other);
  if (left.length < 2) return null;
  const test = pairedTTest(left, right);
  return Number.isNaN(test.p) ? null : test;
}

/** The values of two cells over the samples that both have. */
export function pairedValues(one: ReportCell, other: ReportCell): readonly [number[], number[]] {
  const others = new Map(other.samples.map((sample, s) => [sample, other.values[s]]));
  const shared = one.samples.flatMap((sample, s) => (Number.isNaN((others.get(sample) ?? Number.NaN) - one.values[s]) ? [] : [s]));
  return [shared.map((s) => one.values[s]), shared.map((s) => others.get(one.samples[s]) as number)];
}

/** Winners as a table; its note says where nothing shows that debiasing helps. Null where there are fewer than two columns, or no race. */
export function winnersTable(summary: ReportSummary): TextTable | null {
  const winners = winnersOf(summary);
  if (winners.length < 2) return null;
  const { columnKeys } = summary.grouping;
  const several = new Set(winners.map(({ column }) => column.metric)).size > 1;
  const compares = winners.some(({ above }) => above !== null);
  const naive = naiveOf(summary);
  const names = (list: readonly string[] | null) => (list === null || list.length === 0 ? '–' : list.join(', '));
  return {
    title: 'Who won where',
    head: [
      ...columnKeys.map(
        (key) =>
          key
            .replace(/\.name$/, '')
            .split('.')
            .at(-1) as string,
      ),
      ...(several ? ['metric'] : []),
      ...['best', 'mean', 'not told apart from it'],
      ...(compares ? [`gain over ${naive}`, `above ${naive}`, `below ${naive}`] : []),
    ],
    rows: winners.map(({ column, best, cell, level, above, below, gain }) => [
      ...groupWords(column.group.values, columnKeys).map((word, k) => word.replace(`${columnKeys[k].split('.').at(-1)} `, '')),
      ...(several ? [column.metric] : []),
      ...[best, formatMean(cell.mean), names(level)],
      ...(compares ? [gain === null ? '–' : formatSigned(gain), names(above), names(below)] : []),
    ]),
    note: winnersNote(summary, winners),
  };
}

/** What the naive method is called, which labels may rename. */
const naiveOf = ({ methods }: ReportSummary): string => methods.find(({ name }) => name === 'naive')?.method ?? 'naive';

function winnersNote(summary: ReportSummary, winners: readonly Winner[]): string {
  const { testing, samples, lowerIsBetter, columns } = summary;
  const rule = `Told apart: paired t-test over ${samples}, Holm's correction over the methods of a row, p < ${testing.alpha}; references are left out, and the best of many is a little better than it would be again${lowerIsBetter.includes(columns[0].metric) ? '; lower is better' : ''}.`;
  const tried = winners.filter(({ above }) => above !== null);
  if (tried.length === 0) return rule;
  const idle = tried.filter(({ above }) => above?.length === 0).length;
  return `${rule} In ${idle} of ${tried.length} rows no method is above ${naiveOf(summary)}: there nothing shows that debiasing helps.`;
}
