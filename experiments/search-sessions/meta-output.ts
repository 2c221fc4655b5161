import type { MetaEvaluation } from '../../src/meta-evaluation/index.ts';
import type { LabelSettings, NamedSessionMetric } from '../../src/session-metrics/index.ts';
import { csvLines } from '../records/csv.ts';
import { alignColumns } from '../terminal/align-columns.ts';
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
  if (form === 'json')
    return `${JSON.stringify({ labels, constants: Object.fromEntries(metrics.map(({ name, options }) => [name, options])), ...metaRecord(result) }, plain, 2)}\n`;
  if (form === 'csv') return [...csvLines(metaHead, metaRows(result))].join('');
  if (form === 'latex') return metaLatex(result);
  const tables = metaTables(result).map(({ title, head, rows, note }) => `${title}\n${alignColumns([head, ...rows])}\n${note}\n`);
  return `${tables.join('\n')}\n${labelLine(labels)}. Every constant of every metric: --format json, or the page.\n`;
}

/** Typed arrays as lists; NaN becomes null. */
const plain = (_: string, value: unknown): unknown =>
  ArrayBuffer.isView(value) && !(value instanceof DataView) ? Array.from(value as Float64Array) : value;
