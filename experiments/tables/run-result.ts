import { summarise } from '../../src/metrics/summarise.ts';
import type { MetricDescription } from './study-description.ts';
import type { Table, TidyRow } from './table.ts';

/** All that a run found: values by seed, method, metric and unit, the task's tables, and what to be warned of. */
export interface RunResult {
  readonly seeds: readonly string[];
  readonly methods: readonly string[]; // labels, in config order
  readonly metrics: readonly MetricDescription[];
  readonly values: readonly (readonly (readonly Float64Array[])[])[]; // [seed][method][metric], one per unit; NaN: left out of the mean
  /** Per seed, the ids of the units of each kind (query → q1, q2 …); kinds that are not there are numbered from 1. */
  readonly units: readonly Readonly<Record<string, readonly string[]>>[];
  readonly tables: Readonly<Record<string, readonly TidyRow[]>>; // by name, every declared one
  readonly warnings: readonly string[];
}

/** Means over units, [seed][method][metric]. */
export const meansOf = ({ values }: Pick<RunResult, 'values'>): number[][][] =>
  values.map((ofSeed) => ofSeed.map((ofMethod) => ofMethod.map((ofMetric) => summarise(ofMetric).mean)));

type Cells = (string | number | null)[];

export const metricsHead = ['seed', 'method', 'metric', 'value', 'skipped'];

/** One row per seed, method and metric. */
export function* metricRows({ seeds, methods, metrics, values }: RunResult): Generator<Cells> {
  for (const [s, seed] of seeds.entries())
    for (const [m, method] of methods.entries())
      for (const [k, { label }] of metrics.entries()) {
        const { mean, skipped } = summarise(values[s][m][k]);
        yield [seed, method, label, mean, skipped];
      }
}

export const perQueryHead = ['seed', 'method', 'metric', 'query', 'value'];

/** One row per seed, method, metric and unit: by its id, or by its number from 1. */
export function* perQueryRows({ seeds, methods, metrics, units, values }: RunResult): Generator<Cells> {
  for (const [s, seed] of seeds.entries())
    for (const [m, method] of methods.entries())
      for (const [k, { label, unit }] of metrics.entries()) {
        const ids = units[s][unit];
        for (const [u, value] of values[s][m][k].entries()) yield [seed, method, label, ids?.[u] ?? u + 1, value];
      }
}

/** The rows of a declared table, with its columns. */
export const rowsIn = <T extends Table>({ tables }: Pick<RunResult, 'tables'>, { name }: T): readonly TidyRow<T>[] =>
  (tables[name] ?? []) as unknown as readonly TidyRow<T>[];

/** The series of a table by method: one for each seed that has rows, in the order of the seeds. */
export function seriesOf<R extends { readonly seed: string; readonly method: string }>(
  rows: readonly R[],
  method: string,
): { seed: string; rows: R[] }[] {
  const series = new Map<string, R[]>();
  for (const row of rows) {
    if (row.method !== method) continue;
    const known = series.get(row.seed);
    if (known) known.push(row);
    else series.set(row.seed, [row]);
  }
  return [...series].map(([seed, own]) => ({ seed, rows: own }));
}
