import { open } from 'node:fs/promises';
import type { DuckDBAppender } from '@duckdb/node-api';
import { UsageError } from '../errors.ts';
import { type DuckDB, openDuckDB, sqlName, sqlText } from './duckdb.ts';
import { syncFile } from './sync.ts';
import { putInPlace, type WriteOptions } from './write-atomic.ts';

/** What a column of a Parquet file holds; every cell may be null instead, and a number that is not finite is null too. */
export type ParquetType = 'text' | 'number' | 'boolean' | 'texts' | 'bytes';

export interface ParquetColumn {
  readonly name: string;
  readonly type: ParquetType;
}

export type ParquetCell = string | number | boolean | null | readonly string[] | ArrayLike<number>;

const sqlTypes: Readonly<Record<ParquetType, string>> = {
  text: 'VARCHAR',
  number: 'DOUBLE',
  boolean: 'BOOLEAN',
  texts: 'VARCHAR[]',
  bytes: 'UTINYINT[]', // whole numbers from 0 to 255
};

/**
 * Writes rows as a Parquet file, as a whole or not at all; same rows, same bytes.
 * @throws UsageError where DuckDB's binary does not load, or the place cannot be written
 */
export function writeParquet(
  path: string,
  columns: readonly ParquetColumn[],
  rows: Iterable<readonly ParquetCell[]>,
  { replace = true }: Pick<WriteOptions, 'replace'> = {},
): Promise<void> {
  return putInPlace(path, replace, async (temporary) => {
    const file = await open(temporary, 'wx'); // what is wrong with the place, in the words of all our writers
    try {
      await copyRows(temporary, path, columns, rows);
      syncFile(file.fd);
    } finally {
      await file.close();
    }
  });
}

async function copyRows(temporary: string, path: string, columns: readonly ParquetColumn[], rows: Iterable<readonly ParquetCell[]>) {
  const { connection, duckdb, close } = await openDuckDB();
  try {
    await connection.run(`CREATE TABLE rows (${columns.map(({ name, type }) => `${sqlName(name)} ${sqlTypes[type]}`).join(', ')})`);
    const appender = await connection.createAppender('rows');
    const append = columns.map(({ type }) => cellAppender(appender, duckdb, type));
    for (const row of rows) {
      for (let c = 0; c < append.length; c++) append[c](row[c]);
      appender.endRow();
    }
    appender.closeSync();
    const form = 'FORMAT parquet, COMPRESSION zstd, USE_TMP_FILE false'; // the temporary file is ours
    await connection.run(`COPY rows TO ${sqlText(temporary)} (${form})`).catch((error: unknown) => {
      throw new UsageError(`cannot write "${path}": ${error instanceof Error ? error.message.split('\n')[0] : error}`);
    });
  } finally {
    close();
  }
}

/** Appends a cell of a type; types are looked at once per column, not per cell. */
function cellAppender(appender: DuckDBAppender, duckdb: DuckDB, type: ParquetType): (cell: ParquetCell) => void {
  const orNull = (append: (cell: never) => void) => (cell: ParquetCell) => {
    if (cell === null || (typeof cell === 'number' && !Number.isFinite(cell))) appender.appendNull();
    else append(cell as never);
  };
  const texts = duckdb.LIST(duckdb.VARCHAR);
  const bytes = duckdb.LIST(duckdb.UTINYINT);
  return orNull(
    {
      text: (cell: string) => appender.appendVarchar(cell),
      number: (cell: number) => appender.appendDouble(cell),
      boolean: (cell: boolean) => appender.appendBoolean(cell),
      texts: (cell: readonly string[]) => appender.appendList(cell, texts),
      bytes: (cell: ArrayLike<number>) => appender.appendList(Array.from(cell), bytes),
    }[type],
  );
}
