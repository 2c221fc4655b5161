import { compareMethods, type Summary } from '../../src/stats/compare-methods.ts';
import { meansOf, type RunResult } from '../tables/run-result.ts';
import type { MethodDescription } from '../tables/study-description.ts';
import { type NoteRule, runNotes } from './notes.ts';

/** Means, intervals and tests of a run over its seeds: all that the table, the records and the report show. */
export function summariseRun(
  result: RunResult,
  {
    baseline,
    methods,
    notes,
    ...known
  }: { baseline: string | null; methods: readonly MethodDescription[]; notes: readonly NoteRule[] } & Pick<Summary, 'seedsVary'>,
): Summary {
  const summary = compareMethods({
    samples: 'seeds',
    baseline,
    methods: methods.map((method) => ({ ...method, notes: runNotes(result, method.label, notes) })),
    metrics: result.metrics.map(({ label }) => label),
    lowerIsBetter: result.metrics.flatMap((metric) => (metric.lowerIsBetter ? [metric.label] : [])),
    values: meansOf(result),
  });
  return { ...summary, ...known };
}

/** The metric that a reader asks for first: ndcg@10 where it is there. */
export const mainMetric = (metrics: readonly string[]): string => (metrics.includes('ndcg@10') ? 'ndcg@10' : metrics[0]);
