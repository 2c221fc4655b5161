import type { MetaEvaluation, MetricAgreement } from '../../src/meta-evaluation/index.ts';
import { type CorrelationName, correlations } from '../../src/stats/correlations.ts';
import { escapeLatex } from '../report/escape-latex.ts';
import { latexDagger, latexFrame } from '../report/latex-frame.ts';

const alpha = 0.05;
const symbols: Readonly<Record<CorrelationName, string>> = { pearson: '$r$', spearman: '$\\rho$', kendall: '$\\tau_b$' };
const names = Object.keys(correlations) as CorrelationName[];
const number = (value: number) => value.toFixed(3).replace('-', '$-$');

/** Agreement with satisfaction as a LaTeX table: every metric's correlations with their intervals, a dagger where one differs from the baseline's. */
export function metaLatex({ agreement, baseline, scored: { metrics, sessions } }: MetaEvaluation): string {
  const find = (metric: string, name: CorrelationName) => agreement.find((row) => row.metric === metric && row.correlation === name);
  const against =
    baseline === null
      ? ''
      : ` $\\dagger$ ($\\ddagger$): significantly above (below) ${escapeLatex(baseline)} by a two-sided paired bootstrap of dependent correlations, $\\alpha = ${alpha}$, Holm-corrected over the metrics of a coefficient.`;
  return latexFrame({
    caption: `Correlation with satisfaction over $n = ${sessions.length}$ search sessions, with 95\\,\\% bootstrap intervals.${against}`,
    label: 'tab:meta-evaluation',
    head: ['metric', ...names.map((name) => symbols[name])],
    rows: metrics.map((metric) => [escapeLatex(metric), ...names.map((name) => cell(find(metric, name)))]),
  });
}

function cell(found: MetricAgreement | undefined): string {
  if (found === undefined || !Number.isFinite(found.estimate.value)) return '--';
  const { estimate, difference, adjustedP } = found;
  const dagger = difference === null ? '' : latexDagger(difference.value, adjustedP, alpha);
  return `${number(estimate.value)}${dagger} {\\scriptsize[${number(estimate.lower)}, ${number(estimate.upper)}]}`;
}
