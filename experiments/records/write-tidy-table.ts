import { join } from 'node:path';
import { type WriteOptions, writeAtomicStream } from '../../src/data/write-atomic.ts';
import { writeParquet } from '../../src/data/write-parquet.ts';
import { UsageError } from '../../src/errors.ts';
import { csvLines } from './csv.ts';
import type { TidyTable } from './tidy-table.ts';

export async function writeTidyCsv(path: string, { columns, rows }: TidyTable, options: WriteOptions = {}): Promise<void> {
  const head = columns.map(({ name }) => name);
  await writeAtomicStream(path, csvLines(head, rows), options);
}

/** @throws UsageError where DuckDB's binary does not load */
export const writeTidyParquet = (path: string, { columns, rows }: TidyTable, options: WriteOptions = {}): Promise<void> =>
  writeParquet(path, columns, rows, options);

/**
 * Writes records.csv and records.parquet into the folder, instead of older ones.
 * @returns null, or the one line to tell why there is no Parquet file (the CSV file is there all the same)
 */
export async function writeTidyTable(folder: string, table: TidyTable): Promise<string | null> {
  await writeTidyCsv(join(folder, 'records.csv'), table);
  try {
    await writeTidyParquet(join(folder, 'records.parquet'), table);
    return null;
  } catch (error) {
    if (error instanceof UsageError) return `records.parquet was not written: ${error.message}`;
    throw error;
  }
}
