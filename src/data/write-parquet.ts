import { randomBytes } from 'node:crypto';
import { open, rename, rm } from 'node:fs/promises';
import type { DuckDBAppender } from '@duckdb/node-api';
import { UsageError } from '../errors.ts';
import { type DuckDB, openDuckDB, sqlName, sqlText } from './duckdb.ts';
import { isSystemError, systemReason } from './system-error.ts';

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
export async function writeParquet(path: string, columns: readonly ParquetColumn[], rows: Iterable<readonly ParquetCell[]>): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  try {
    await (await open(temporary, 'wx')).close(); // what is wrong with the place, in the words of all our writers
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
      await connection.run(`COPY rows TO ${sqlText(temporary)} (FORMAT parquet, COMPRESSION zstd)`).catch((error: unknown) => {
        throw new UsageError(`cannot write "${path}": ${error instanceof Error ? error.message.split('\n')[0] : error}`);
      });
    } finally {
      close();
    }
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {}); // the first error is the one to report
    throw isSystemError(error) ? new UsageError(`cannot write "${path}": ${systemReason(error)}`) : error;
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
