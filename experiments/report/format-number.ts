import type { Estimate } from '../../src/stats/estimate.ts';
import type { Summary, SummaryCell } from './summary.ts';
import { bestOf, rowWord } from './summary-words.ts';

/** ± half the 95 % interval; nothing where one value says nothing of its spread. */
export function formatMean({ value, upper }: Estimate): string {
  return Number.isFinite(upper) ? `${value.toFixed(4)} ±${(upper - value).toFixed(4)}` : value.toFixed(4);
}

/** With its sign, a true minus included. */
export const formatSigned = (value: number): string => `${value < 0 ? '−' : '+'}${Math.abs(value).toFixed(4)}`;

export function formatP(p: number): string {
  if (Number.isNaN(p)) return 'p undefined';
  return p < 0.001 ? 'p<0.001' : `p=${p.toFixed(3)}`;
}

/** Δ against the baseline, its corrected p, and a star where that is below 0.05; empty for the baseline itself. */
export function formatDifference({ difference, adjustedP }: SummaryCell): string {
  if (difference === null) return '';
  const delta = `Δ ${formatSigned(difference.value)}`;
  if (adjustedP === null) return delta;
  return `${delta} ${formatP(adjustedP)}${adjustedP < 0.05 ? ' *' : ''}`;
}

/** What the table's numbers mean, for below it. */
export function tableCaption(summary: Summary): string {
  const { baseline, samples, methods } = summary;
  const n = methods[0]?.cells[0]?.values.length ?? 0;
  if (n < 2) return `One of the ${samples} only: no interval and no test.`;
  const interval = `Mean ± half the 95 % t interval over ${n} ${samples}; ${bestOf(summary)} in bold.`;
  if (baseline === null) return interval;
  return `${interval} Δ: difference from ${baseline}; p: two-sided paired t-test over ${samples}, Holm-corrected over the ${rowWord(summary)}s of a metric; * p < 0.05.`;
}
