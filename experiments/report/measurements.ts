import { type Measured, separator, type Tally } from '../../src/stats/compare-cells.ts';
import type { Scalar } from '../records/flatten-config.ts';
import type { StoredMethod, StoredRun } from '../records/stored-run.ts';
import { valuesByUnit } from '../records/stored-tables.ts';
import { distinguishingKeys, type Grouping, keyValue } from './grouping.ts';
import { repeatedMeasurements } from './repeated-measurements.ts';
import { valueAt } from './value-at.ts';

/** A row or column of a grouped table: what its keys are. */
export interface Group {
  readonly id: string;
  readonly values: readonly Scalar[]; // one per key
  readonly name: string; //              of the method, in rows; '' in columns
  readonly reference: boolean; //        of the method: a point to compare with
}

export type SampleUnit = 'seed' | 'query';

export interface Measurements {
  readonly rows: readonly Group[];
  readonly columns: readonly Group[];
  readonly metrics: readonly string[]; // all there are, in the order of the runs
  at(row: Group, column: Group, metric: string): Measured | undefined;
  readonly warnings: readonly string[];
}

const idOf = (values: readonly unknown[]) => JSON.stringify(values);
/** Where the values of a method of a run belong. */
export interface Place {
  readonly row: Group;
  readonly column: Group;
  readonly context: string;
  readonly data: string; // one query id stands for different queries in different data
}

/** Values of all runs, grouped. Per query they are read from per-query.csv, for the given metrics only; null: all. */
export async function measure(
  runs: readonly StoredRun[],
  grouping: Grouping,
  unit: SampleUnit,
  metrics: readonly string[] | null,
): Promise<Measurements> {
  const table = measuredTable();
  const varying = distinguishingKeys(runs);
  const isRepeat = repeatedMeasurements(grouping.columnKeys);
  const found = new Set<string>();
  for (const run of runs) {
    const places = new Map(run.methods.map((method) => [method.label, placeOf(run, method, grouping, varying)]));
    const wanted = (seed: string, label: string, metric: string, value: number): Place | null => {
      found.add(metric);
      if ((metrics !== null && !metrics.includes(metric)) || isRepeat(run, label, seed)) return null;
      const where = places.get(label) ?? null;
      if (where !== null) table.know(where); // without a value too: it is told, not left out
      return Number.isNaN(value) ? null : where;
    };
    if (unit === 'seed')
      for (const { seed, method, metric, value } of run.metrics) {
        const where = wanted(seed, method, metric, value);
        if (where) table.put(where, metric, seed, where.context, value);
      }
    else {
      for await (const { seed, method, metric, unit: query, value } of valuesByUnit(run)) {
        const where = wanted(seed, method, metric, value);
        if (where) table.put(where, metric, `${where.data}${query}`, `${seed}${separator}${where.context}`, value);
      }
    }
  }
  return { ...table.read(), metrics: [...found], warnings: isRepeat.warnings() };
}

export function placeOf(
  run: StoredRun,
  method: StoredMethod,
  { rowKeys, columnKeys, contextKeys }: Grouping,
  varying: readonly string[],
): Place {
  const values = (keys: readonly string[]) => keys.map((key) => keyValue(key, run, method, varying));
  const [row, column] = [values(rowKeys), values(columnKeys)];
  const data = contextKeys.filter((key) => key.startsWith('data.'));
  return {
    row: { id: idOf(row), values: row, name: String(method.keys.get('estimator.name') ?? method.label), reference: method.reference },
    column: { id: idOf(column), values: column, name: '', reference: false },
    context: idOf(values(contextKeys)),
    data: data.length === 0 ? '' : idOf(values(data)),
  };
}

function measuredTable() {
  const rows = new Map<string, Group>();
  const columns = new Map<string, Group>();
  const cells = new Map<string, Map<string, Map<string, Tally>>>();
  const cellKey = (row: Group, column: Group, metric: string) => [row.id, column.id, metric].join(separator);
  return {
    know({ row, column }: Place): void {
      if (!rows.has(row.id)) rows.set(row.id, row);
      if (!columns.has(column.id)) columns.set(column.id, column);
    },
    put({ row, column }: Place, metric: string, sample: string, context: string, value: number): void {
      const samples = valueAt(cells, cellKey(row, column, metric), () => new Map<string, Map<string, Tally>>());
      const contexts = valueAt(samples, sample, () => new Map<string, Tally>());
      const tally = valueAt(contexts, context, () => ({ sum: 0, n: 0 }));
      tally.sum += value;
      tally.n++;
    },
    read: () => ({
      rows: [...rows.values()],
      columns: [...columns.values()],
      at: (row: Group, column: Group, metric: string): Measured | undefined => cells.get(cellKey(row, column, metric)),
    }),
  };
}
