import type { Scalar } from './flatten-config.ts';
import type { StoredRun } from './stored-run.ts';
import { varyingKeys, varyingMethodKeys } from './varying-keys.ts';

/** Rows under named columns. A column holds one type, or null: text where its values are of more than one. */
export interface TidyTable {
  readonly columns: readonly { readonly name: string; readonly type: 'text' | 'number' | 'boolean' }[];
  readonly rows: readonly (readonly Scalar[])[];
}

/**
 * One row per run, seed, method and metric: run, seed, method, then every config key in which runs or methods differ (an empty cell where a
 * run or method does not have it), metric, value. Sorted by run, so that the same runs give the same table in whatever order they finished.
 */
export function tidyTable(runs: readonly StoredRun[]): TidyTable {
  const keys = varyingKeys(runs);
  const methodKeys = varyingMethodKeys(runs);
  const sorted = [...runs].sort((a, b) => (a.id < b.id ? -1 : 1));
  const rows = sorted.flatMap((run) => {
    const ofRun = keys.map((key) => run.keys.get(key) ?? null);
    const ofMethod = new Map(run.methods.map((method) => [method.label, methodKeys.map((key) => method.keys.get(key) ?? null)]));
    const none = methodKeys.map(() => null);
    return run.metrics.map(({ seed, method, metric, value }) => [
      ...[run.id, seed, method, ...ofRun, ...(ofMethod.get(method) ?? none)],
      ...[metric, Number.isFinite(value) ? value : null],
    ]);
  });
  const names = ['run', 'seed', 'method', ...keys, ...methodKeys, 'metric', 'value'];
  const types = names.map((name, c) => (name === 'value' ? 'number' : columnType(rows, c)));
  return {
    columns: names.map((name, c) => ({ name, type: types[c] })),
    rows: rows.map((row) => row.map((cell, c) => (types[c] === 'text' && cell !== null ? String(cell) : cell))),
  };
}

function columnType(rows: readonly (readonly Scalar[])[], column: number): 'text' | 'number' | 'boolean' {
  const types = new Set(rows.map((row) => row[column]).flatMap((cell) => (cell === null ? [] : [typeof cell])));
  const [only] = types;
  return types.size === 1 && (only === 'number' || only === 'boolean') ? only : 'text';
}
