import { compareMethods, type Summary } from '../../src/stats/compare-methods.ts';
import { meansOf, type RunResult, seriesOf } from '../tables/run-result.ts';
import type { MethodDescription } from '../tables/study-description.ts';
import { type NoteRule, type Remark, toldOfRows } from './notes.ts';

/** Which methods are compared with what, and what is told of them. */
export interface SummaryRequest extends Pick<Summary, 'seedsVary'> {
  readonly baseline: string | null;
  readonly methods: readonly MethodDescription[];
  readonly notes: readonly NoteRule[];
  readonly remarks?: readonly Remark[] | undefined;
}

/** Means, intervals and tests of a run over its seeds: all that the table, the records and the report show. */
export function summariseRun(result: RunResult, { baseline, methods, notes, remarks, ...known }: SummaryRequest): Summary {
  const rows = methods.map(({ label }) => ({ title: label, seriesOf: (table: string) => seriesOf(result.tables[table] ?? [], label) }));
  const metrics = result.metrics.map(({ label }) => label);
  const told = toldOfRows(rows, { notes, remarks }, metrics);
  const summary = compareMethods({
    samples: 'seeds',
    baseline,
    methods: methods.map((method, m) => ({ ...method, notes: told.notes[m] })),
    metrics,
    lowerIsBetter: result.metrics.flatMap((metric) => (metric.lowerIsBetter ? [metric.label] : [])),
    values: meansOf(result),
  });
  return { ...summary, ...known, remarks: told.remarks };
}

/** The metric that a reader asks for first: ndcg@10 where it is there. */
export const mainMetric = (metrics: readonly string[]): string => (metrics.includes('ndcg@10') ? 'ndcg@10' : metrics[0]);
