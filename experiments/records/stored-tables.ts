import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { DataError } from '../../src/errors.ts';
import { show } from '../../src/schema-faults.ts';
import { perQueryHead } from '../tables/run-result.ts';
import type { Table } from '../tables/table.ts';
import { damaged, missingFile } from './checksums.ts';
import { readRecordRows } from './read-record-rows.ts';
import type { StoredRun } from './stored-run.ts';
import { readNumber, readTable, type StoredRows, tableFile } from './table-files.ts';

/**
 * A table of a run by method and seed, in the order of the file; none where the run has no such table.
 * @throws DataError where its file is missing or damaged
 */
export async function tableOf<T extends Table>(run: StoredRun, declared: T): Promise<StoredRows<T>[]> {
  if (!run.study.tables.some(({ name }) => name === declared.name)) return [];
  const file = tableFile(declared);
  if ((await stat(join(run.folder, file)).catch(() => null)) === null) throw missingFile(join(run.folder, file));
  const series = await readTable(run.folder, declared, run.files[file]);
  const isOfRun = rowsOf(run, file);
  for (const { seed, method } of series) isOfRun(seed, method);
  return series;
}

/** A value of one metric of one method with one seed, on one query (user, search session …). */
export interface UnitValue {
  readonly seed: string;
  readonly method: string;
  readonly metric: string;
  readonly unit: string;
  readonly value: number; // NaN where it is not defined
}

/** All values by unit. @throws DataError where the file is missing or damaged, or a method has none */
export async function* valuesByUnit(run: StoredRun): AsyncGenerator<UnitValue> {
  const name = 'per-query.csv';
  const file = join(run.folder, name);
  const isOfRun = rowsOf(run, name);
  const seen = new Set<string>();
  for await (const [seed, method, metric, unit, cell] of readRecordRows(file, perQueryHead, run.files[name])) {
    isOfRun(seed, method);
    seen.add(method);
    yield { seed, method, metric, unit, value: readNumber(cell, file) };
  }
  const none = run.methods.find(({ label }) => !seen.has(label));
  if (none !== undefined) throw new DataError(`no values of ${none.label}; ${damaged}`, { file });
}

/** @returns a check of what a row is of */
function rowsOf({ folder, seeds, methods }: StoredRun, name: string): (seed: string, method: string) => void {
  const known = [new Set(seeds), new Set(methods.map(({ label }) => label))] as const;
  return (seed, method) => {
    if (known[0].has(seed) && known[1].has(method)) return;
    throw new DataError(`a row of seed ${show(seed)} and method ${show(method)}, which the run does not have; ${damaged}`, {
      file: join(folder, name),
    });
  };
}
