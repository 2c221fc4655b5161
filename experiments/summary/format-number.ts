import type { Summary, SummaryCell } from '../../src/stats/compare-methods.ts';
import type { Estimate } from '../../src/stats/estimate.ts';
import {
  bestOf,
  correctionWords,
  meanWord,
  oneSampleWords,
  pooledWords,
  samplesWords,
  seedsWords,
  testingOf,
  testWords,
} from './summary-words.ts';

/** What stands for an undefined number, in every table. */
export const noNumber = '–';

/** ± half the 95 % interval; nothing where one value says nothing of its spread, – where there is no value. */
export function formatMean({ value, upper }: Pick<Estimate, 'value' | 'upper'>): string {
  if (Number.isNaN(value)) return noNumber;
  return Number.isFinite(upper) ? `${value.toFixed(4)} ±${(upper - value).toFixed(4)}` : value.toFixed(4);
}

/** With its sign, a true minus included. */
export const formatSigned = (value: number, digits = 4): string =>
  Number.isNaN(value) ? noNumber : `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(digits)}`;

/** @param p null: undefined */
export function formatP(p: number | null): string {
  if (p === null || Number.isNaN(p)) return `p ${noNumber}`;
  return p < 0.001 ? 'p<0.001' : `p=${p.toFixed(3)}`;
}

/** The corrected p-value of a difference, and a star where that is below α. */
export const formatTest = (p: number | null, alpha = 0.05): string => `${formatP(p)}${p !== null && p < alpha ? ' *' : ''}`;

/** Whether there are samples, but their differences are one number: what divides by their spread is undefined. */
const hasNoSpread = ({ difference, adjustedP }: SummaryCell): boolean => difference?.standardError === 0 && adjustedP === null;

/** Δ against the baseline and its test; without the test where there is one sample, empty for the baseline itself. */
export function formatDifference(cell: SummaryCell, alpha = 0.05): string {
  const { difference, adjustedP } = cell;
  if (difference === null) return '';
  const delta = `Δ ${formatSigned(difference.value)}`;
  return adjustedP === null && !hasNoSpread(cell) ? delta : `${delta} ${formatTest(adjustedP, alpha)}`;
}

/** What the table's numbers mean, for below it. @param bold whether the table shows the best so */
export function tableCaption(summary: Summary, bold = true): string {
  const { baseline, samples } = summary;
  const n = samplesWords(summary);
  if (n === null) return oneSampleWords(summary);
  const interval = `${meanWord(summary)} ± half the 95 % t interval over ${n} ${samples}${bold ? `; ${bestOf(summary)} in bold` : ''}.`;
  const beside = [seedsWords(summary), pooledWords(summary)].filter((words) => words !== '');
  if (baseline === null) return [interval, ...beside].join(' ');
  const { alpha } = testingOf(summary);
  const undefinedP = summary.methods.some(({ cells }) => cells.some(hasNoSpread))
    ? `; p ${noNumber}: one difference in all ${samples}, so none`
    : '';
  const test = `Δ: difference from ${baseline}; p: ${testWords(summary)} over ${samples}, ${correctionWords(summary)}; * p < ${alpha}${undefinedP}.`;
  return [interval, test, ...beside].join(' ');
}
