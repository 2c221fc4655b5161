import type { Summary, SummaryCell } from '../../src/stats/compare-methods.ts';
import type { Estimate } from '../../src/stats/estimate.ts';
import { bestOf, correctionWords, meanWord, oneSampleWords, samplesWords, testingOf, testWords } from './summary-words.ts';

/** ± half the 95 % interval; nothing where one value says nothing of its spread, – where there is no value. */
export function formatMean({ value, upper }: Pick<Estimate, 'value' | 'upper'>): string {
  if (Number.isNaN(value)) return '–';
  return Number.isFinite(upper) ? `${value.toFixed(4)} ±${(upper - value).toFixed(4)}` : value.toFixed(4);
}

/** With its sign, a true minus included. */
export const formatSigned = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;

export function formatP(p: number): string {
  if (Number.isNaN(p)) return 'p undefined';
  return p < 0.001 ? 'p<0.001' : `p=${p.toFixed(3)}`;
}

/** Δ against the baseline, its corrected p, and a star where that is below α; empty for the baseline itself. */
export function formatDifference({ difference, adjustedP }: SummaryCell, alpha = 0.05): string {
  if (difference === null) return '';
  const delta = `Δ ${formatSigned(difference.value)}`;
  if (adjustedP === null) return delta;
  return `${delta} ${formatP(adjustedP)}${adjustedP < alpha ? ' *' : ''}`;
}

/** What the table's numbers mean, for below it. @param bold whether the table shows the best so */
export function tableCaption(summary: Summary, bold = true): string {
  const { baseline, samples } = summary;
  const n = samplesWords(summary);
  if (n === null) return oneSampleWords(summary);
  const interval = `${meanWord(summary)} ± half the 95 % t interval over ${n} ${samples}${bold ? `; ${bestOf(summary)} in bold` : ''}.`;
  if (baseline === null) return interval;
  const { alpha } = testingOf(summary);
  return `${interval} Δ: difference from ${baseline}; p: ${testWords(summary)} over ${samples}, ${correctionWords(summary)}; * p < ${alpha}.`;
}
