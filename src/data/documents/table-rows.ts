import { DataError, UsageError } from '../../errors.ts';
import { arrowBatches } from '../arrow/read-arrow.ts';
import { csvRows } from '../csv-rows.ts';
import type { LogSource } from '../log-store/log-source.ts';
import { readParquet } from '../read-parquet.ts';

/** A row of a table: cells of the columns asked for, and its line; of Parquet and Arrow its number, from 1. */
export interface TableRow {
  readonly cells: readonly unknown[];
  readonly line: number;
}

/**
 * The rows of a CSV, Parquet or Arrow file, piece by piece. @param names of its columns @param ids those of them that are ids
 * @throws UsageError for JSON Lines and files packed by zstd; DataError for what breaks the form
 */
export async function* tableRows(source: LogSource, names: readonly string[], ids: readonly string[]): AsyncGenerator<TableRow> {
  const { path, form, packed, separator, columns } = source;
  if (form === 'json-lines' || packed === 'zstd')
    throw new UsageError(`"${path}": documents are read from Parquet, Arrow and CSV (plain or .gz); write them so`);
  let line = 0;
  if (form === 'parquet') for await (const cells of readParquet(path, names, ids)) yield { cells, line: ++line };
  else if (form === 'arrow')
    for await (const batch of arrowBatches(path, names))
      for (let row = 0; row < batch[0].length; row++) yield { cells: batch.map((column) => column[row]), line: ++line };
  else {
    const places = names.map((name) => columns.findIndex((column) => column.name === name));
    let isHeader = true;
    for await (const { cells, line: at } of csvRows(path, { trim: true, separator: separator ?? ',' })) {
      if (!isHeader && cells.length !== columns.length)
        throw new DataError(`expected ${columns.length} cells, got ${cells.length}`, { file: path, line: at });
      if (!isHeader) yield { cells: places.map((place) => cells[place]), line: at };
      isHeader = false;
    }
  }
}
