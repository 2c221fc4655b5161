import type { SessionEvaluation, SystemScore } from '../../src/session-metrics/evaluate-sessions.ts';
import { escapeLatex } from '../report/escape-latex.ts';
import { latexDagger, latexFrame } from '../report/latex-frame.ts';
import { testNames } from './session-table.ts';

const alpha = 0.05;

/** Means by metric and system as a LaTeX table; the caption names the labels, what becomes of undefined values, the test and n. */
export function sessionLatex(evaluation: SessionEvaluation): string {
  const { request, scores } = evaluation;
  const { metrics, systems } = request;
  return latexFrame({
    caption: caption(evaluation),
    label: 'tab:search-sessions',
    head: ['metric', ...systems.map(({ label }) => escapeLatex(label))],
    rows: metrics.map(({ name }, m) => [escapeLatex(name), ...systems.map((_, s) => cell(scores[s][m]))]),
  });
}

function cell({ mean, difference }: SystemScore): string {
  if (mean === null) return '--';
  const half = Number.isFinite(mean.upper) ? ` {\\scriptsize$\\pm$${(mean.upper - mean.value).toFixed(4)}}` : '';
  const dagger = difference === null ? '' : latexDagger(difference.mean.value, difference.adjustedP, alpha);
  return `${mean.value.toFixed(4).replace('-', '$-$')}${dagger}${half}`;
}

function caption({ request, scores }: SessionEvaluation): string {
  const { systems, labels, clickEnhancement, undefinedRule, test } = request;
  const counts = scores.flatMap((ofSystem) => ofSystem.map(({ mean }) => mean?.n ?? 0));
  const [fewest, most] = [Math.min(...counts), Math.max(...counts)];
  const n = fewest === most ? `the $n = ${most}$ search sessions` : `the $${fewest}$ to $${most}$ search sessions with a value`;
  const source = `Labels: ${labels.labels}, highest ${labels.highestGrade}${clickEnhancement ? ', after click-through enhancement' : ''}`;
  const zero = undefinedRule === 'zero' ? '; those without a value count 0' : '';
  const means = `Means over ${n}${zero}, $\\pm$ half their 95\\,\\% $t$ interval. ${source}.`;
  if (systems.length === 1) return means;
  const tested = testNames[test].replace('t-test', '$t$-test');
  return `${means} $\\dagger$ ($\\ddagger$): significantly above (below) ${escapeLatex(systems[0].label)} on the search sessions that both have a value on, by a ${tested}, $\\alpha = ${alpha}$, Holm-corrected over the systems of a metric.`;
}
