import type { SessionEvaluation, SystemScore } from '../../src/session-metrics/evaluate-sessions.ts';
import type { LabelSettings, NamedSessionMetric } from '../../src/session-metrics/index.ts';
import { escapeHtml } from '../charts/escape-html.ts';
import { scrollTable } from '../report/report-table.ts';
import { formatMean, formatSigned, formatTest } from '../summary/format-number.ts';
import { fittedColumns } from '../terminal/align-columns.ts';
import type { Screen } from '../terminal/screen.ts';
import { forScreen } from '../terminal/wrap-words.ts';

export const testNames = { 'paired-t': 'two-sided paired t-test', 'sign-flip': 'two-sided sign-flip randomisation test' } as const;

/** One row per metric and system: mean, how many search sessions it is over, how many have no value, difference from the baseline. */
function tableRows({ request: { metrics, systems }, scores }: SessionEvaluation): string[][] {
  return metrics.flatMap(({ name }, m) =>
    systems.map(({ label }, s) => [
      s === 0 ? name : '',
      ...(systems.length > 1 ? [label] : []),
      scores[s][m].mean === null ? 'undefined' : formatMean(scores[s][m].mean),
      String(scores[s][m].mean?.n ?? 0),
      String(scores[s][m].undefinedCount),
      ...(systems.length > 1 ? [differenceText(scores[s][m])] : []),
    ]),
  );
}

const head = ({ request: { systems } }: SessionEvaluation): string[] =>
  systems.length > 1 ? ['metric', 'system', 'mean', 'n', 'undefined', 'difference'] : ['metric', 'mean', 'n', 'undefined'];

function differenceText({ difference }: SystemScore): string {
  if (difference === null) return '';
  const { mean, adjustedP } = difference;
  return `Δ ${formatSigned(mean.value)} ±${(mean.upper - mean.value).toFixed(4)} ${formatTest(adjustedP)}`;
}

/** What the numbers mean, for below the table. */
export function sessionTableCaption({ request: { systems, labels, clickEnhancement, undefinedRule, test } }: SessionEvaluation): string {
  const source = `${labelLine(labels)}${clickEnhancement ? ', after click-through enhancement' : ''}.`;
  const mean = `Mean ± half the 95 % t interval over the n search sessions with a value; ${undefinedRule === 'skip' ? 'those without are left out' : 'those without count 0'}.`;
  if (systems.length === 1) return `${mean} ${source}`;
  return `${mean} Δ: difference from ${systems[0].label} over the search sessions that both have a value on; p: ${testNames[test]}, Holm-corrected over the systems of a metric; * p < 0.05. ${source}`;
}

/** Where labels came from and how high they go. */
export const labelLine = ({ labels, highestGrade }: LabelSettings): string =>
  `Labels: ${labels}${labels === 'click' ? 's' : ' (clicks where there is none)'}, highest ${highestGrade}`;

/** Every constant of every metric, one line each: scores mean nothing without them. */
export const constantLines = ({
  request: { metrics },
}: {
  readonly request: { readonly metrics: readonly Pick<NamedSessionMetric, 'name' | 'options'>[] };
}): string[] =>
  metrics.map(
    ({ name, options }) =>
      `${name}: ${Object.entries(options)
        .map(([key, value]) => `${key} ${Array.isArray(value) ? value.join('/') : value}`)
        .join(', ')}`,
  );

/** The table as text for a screen or a pipe. */
export function sessionTable(evaluation: SessionEvaluation, screen: Screen): string {
  const table = fittedColumns([head(evaluation), ...tableRows(evaluation)], screen);
  return [table, '', forScreen(sessionTableCaption(evaluation), screen, 2)].join('\n');
}

/** The same rows as HTML; p stands below the difference, so that the table is no wider than a page. */
export function sessionTableHtml(evaluation: SessionEvaluation): string {
  const html = (cell: string) => escapeHtml(cell).replace(/ (p(&lt;|=| –).*)$/, '<small>$1</small>');
  const rows = tableRows(evaluation).map(
    ([name, ...cells]) => `<th scope="row">${escapeHtml(name)}</th>${cells.map((cell) => `<td>${html(cell)}</td>`).join('')}`,
  );
  return `${scrollTable('Means by metric and system', head(evaluation), rows)}\n<p class="soft">${escapeHtml(sessionTableCaption(evaluation))}</p>`;
}
