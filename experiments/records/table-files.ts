import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomicStream } from '../../src/data/write-atomic.ts';
import { DataError } from '../../src/errors.ts';
import { show } from '../../src/schema-faults.ts';
import type { Cell, Column, Row, Table, TidyRow } from '../tables/table.ts';
import type { Checksum } from './checksums.ts';
import { csvLines } from './csv.ts';
import { readRecordRows } from './read-record-rows.ts';

export const tableFile = ({ name }: Pick<Table, 'name'>): string => `${name}.csv`;

/** Writes `<name>.csv`: seed, method, then the declared columns. */
export function writeTable(folder: string, declared: Table, rows: readonly TidyRow[]): Promise<void> {
  const keys = Object.keys(declared.columns);
  const cells = function* () {
    for (const row of rows) yield [row.seed, row.method, ...keys.map((key) => row[key] as Cell)];
  };
  return writeAtomicStream(join(folder, tableFile(declared)), csvLines(['seed', 'method', ...keys], cells()));
}

/** The rows of one method of a run with one seed. */
export interface StoredRows<T extends Table = Table> {
  readonly seed: string;
  readonly method: string;
  readonly rows: readonly Row<T>[];
}

/**
 * A table of a run folder by method and seed, in the order of the file; none where the folder has no such file.
 * @throws DataError for a missing column, a cell of another type, or where the file has changed since its checksum was taken
 */
export async function readTable<T extends Table>(folder: string, declared: T, sum?: Checksum): Promise<StoredRows<T>[]> {
  const file = join(folder, tableFile(declared));
  if ((await stat(file).catch(() => null)) === null) return [];
  const columns = Object.entries(declared.columns);
  const series = new Map<string, StoredRows & { rows: Row[] }>();
  for await (const [seed, method, ...cells] of readRecordRows(file, ['seed', 'method', ...columns.map(([key]) => key)], sum)) {
    const key = JSON.stringify([method, seed]);
    const known = series.get(key) ?? { seed, method, rows: [] };
    series.set(key, known);
    known.rows.push(Object.fromEntries(columns.map(([name, of], c) => [name, readCell(cells[c], of, file)])));
  }
  return [...series.values()] as unknown as StoredRows<T>[];
}

function readCell(cell: string, { type, optional }: Column, file: string): Cell {
  if (cell === '' && optional) return null;
  if (type === 'text') return cell;
  if (type !== 'boolean') {
    const value = readNumber(cell, file);
    if (type === 'integer' && !Number.isNaN(value) && !Number.isInteger(value))
      throw new DataError(`expected a whole number, got ${show(cell)}`, { file });
    return value;
  }
  if (cell === 'true' || cell === 'false') return cell === 'true';
  throw new DataError(`expected true or false, got ${show(cell)}`, { file });
}

/** A cell of our CSV files: empty is NaN. */
export function readNumber(cell: string, file: string): number {
  if (cell === '') return Number.NaN;
  const value = /^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(cell) ? Number(cell) : Number.NaN;
  if (!Number.isFinite(value)) throw new DataError(`expected a number, got ${show(cell)}`, { file });
  return value;
}
