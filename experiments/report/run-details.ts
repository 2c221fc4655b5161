import type { Series } from '../charts/figure.ts';
import type { StoredRun } from '../records/stored-run.ts';
import { tableOf } from '../records/stored-tables.ts';
import type { SeriesOf, Table } from '../tables/table.ts';
import { distinguishingKeys, type Grouping } from './grouping.ts';
import { type Group, placeOf } from './measurements.ts';
import { valueAt } from './value-at.ts';

/** What one row of a table did in the runs of one column, beside its metrics. */
export interface GroupDetails {
  readonly row: Group;
  readonly column: Group;
  readonly seriesOf: SeriesOf; //      one per run and seed
  readonly seconds: readonly number[]; //    per seed, one per run
  readonly peakMemory: readonly number[]; // bytes of the process, one per run
}

/** Tables, times and memory of all runs, by row and column. A table that a run lacks counts as empty. @param tables those that are shown */
export async function runDetails(runs: readonly StoredRun[], grouping: Grouping, tables: readonly Table[]): Promise<GroupDetails[]> {
  const details = new Map<string, ReturnType<typeof newDetails>>();
  const varying = distinguishingKeys(runs);
  for (const run of runs) {
    const seeds = new Set(run.metrics.map(({ seed }) => seed)).size;
    const of = new Map<string, ReturnType<typeof newDetails>>();
    for (const method of run.methods) {
      const { row, column } = placeOf(run, method, grouping, varying);
      const known = valueAt(details, `${row.id} ${column.id}`, () => newDetails(row, column));
      of.set(method.label, known);
      const seconds = run.status.methodSeconds?.[method.label];
      if (seconds !== undefined) known.seconds.push(seconds / seeds);
      if (run.status.peakMemoryBytes !== undefined) known.peakMemory.push(run.status.peakMemoryBytes);
    }
    for (const table of tables)
      for (const { method, ...series } of await tableOf(run, table))
        valueAt(of.get(method)?.series ?? new Map(), table.name, (): Series[] => []).push(series);
  }
  return [...details.values()].map(({ series, ...rest }) => ({ ...rest, seriesOf: (table) => series.get(table) ?? [] }));
}

const newDetails = (row: Group, column: Group) => ({
  row,
  column,
  series: new Map<string, Series[]>(),
  seconds: [] as number[],
  peakMemory: [] as number[],
});
