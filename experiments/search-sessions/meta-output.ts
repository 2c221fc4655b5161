import type { MetaEvaluation } from '../../src/meta-evaluation/index.ts';
import type { LabelSettings, NamedSessionMetric } from '../../src/session-metrics/index.ts';
import { csvOf } from '../records/csv.ts';
import { jsonText } from '../records/write-json.ts';
import { alignedTable } from '../report/text-table-forms.ts';
import { ownScreen } from '../terminal/screen.ts';
import { forScreen } from '../terminal/wrap-words.ts';
import { metaLatex } from './meta-latex.ts';
import { metaHead, metaRecord, metaRows } from './meta-rows.ts';
import { metaTables } from './meta-tables.ts';
import type { SessionForm } from './session-output.ts';
import { labelLine } from './session-table.ts';

/** What `counterrank meta-evaluate` prints: tables, all of it as JSON, or the correlations as CSV or LaTeX. */
export function metaOutput(
  result: MetaEvaluation,
  form: SessionForm,
  metrics: readonly NamedSessionMetric[],
  labels: LabelSettings,
): string {
  const constants = Object.fromEntries(metrics.map(({ name, options }) => [name, options]));
  if (form === 'json') return jsonText({ labels, constants, ...metaRecord(result) });
  if (form === 'csv') return `${csvOf(metaHead, metaRows(result))}\n`;
  if (form === 'latex') return metaLatex(result);
  const screen = ownScreen();
  return `${metaTables(result)
    .map((table) => alignedTable(table, screen))
    .join('\n\n')}\n\n${forScreen(`${labelLine(labels)}. Every constant of every metric: --format json, or the page.`, screen)}\n`;
}
