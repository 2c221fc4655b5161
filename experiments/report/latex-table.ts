import type { Summary, SummaryCell } from '../../src/stats/compare-methods.ts';
import {
  bestOf,
  correctionWords,
  meanWord,
  noteLines,
  oneSampleWords,
  pooledWords,
  rowWord,
  samplesWords,
  seedsWords,
  testingOf,
  testWords,
} from '../summary/summary-words.ts';
import { escapeLatex } from './escape-latex.ts';
import { latexDagger, latexFrame } from './latex-frame.ts';

export interface LatexOptions {
  /** Corrected p-values below it get a dagger. Default: that of the summary, 0.05. */
  readonly alpha?: number;
  /** For \ref. Default tab:results. */
  readonly label?: string;
}

/**
 * The means as a LaTeX table for the package booktabs: half the 95 % interval after ±, the best in bold, a dagger where the difference
 * from the baseline is significant; the caption names the test, α, the correction and n.
 */
export function latexTable(summary: Summary, { alpha = testingOf(summary).alpha, label = 'tab:results' }: LatexOptions = {}): string {
  const { methods, metrics } = summary;
  return latexFrame({
    caption: [caption(summary, alpha), ...noteLines(summary).map((line) => `${escapeLatex(line)}.`)].join(' '),
    label,
    head: [rowWord(summary), ...metrics].map(escapeLatex),
    rows: methods.map(({ method, cells }) => [escapeLatex(method), ...cells.map((cell) => latexCell(cell, alpha))]),
  });
}

function latexCell({ mean, best, difference, adjustedP }: SummaryCell, alpha: number): string {
  if (Number.isNaN(mean.value)) return '--';
  const value = mean.value.toFixed(4);
  const half = Number.isFinite(mean.upper) ? ` {\\scriptsize$\\pm$${(mean.upper - mean.value).toFixed(4)}}` : '';
  const dagger = difference === null ? '' : latexDagger(difference.value, adjustedP, alpha);
  return `${best ? `\\textbf{${value}}` : value}${dagger}${half}`;
}

function caption(summary: Summary, alpha: number): string {
  const { baseline, samples } = summary;
  const n = samplesWords(summary)?.replace('×', '{\\times}').replace(' to ', '$ to $') ?? null;
  if (n === null) return escapeLatex(oneSampleWords(summary));
  const means = `${escapeLatex(meanWord(summary))} over $${n}$ ${samples} $\\pm$ half the 95\\,\\% $t$ interval; ${escapeLatex(bestOf(summary))} in bold.`;
  const beside = [seedsWords(summary), pooledWords(summary)].map((words) => (words === '' ? '' : ` ${escapeLatex(words)}`)).join('');
  if (baseline === null) return `${means}${beside}`;
  const test = `${testWords(summary).replace(' t-test', ' $t$-test')} over the $n = ${n}$ ${samples}`;
  return `${means} $\\dagger$ ($\\ddagger$): significantly above (below) ${escapeLatex(baseline)} by a ${test}, $\\alpha = ${alpha}$, ${correctionWords(summary).replace('–', '--')}.${beside}`;
}
