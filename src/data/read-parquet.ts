import { stat } from 'node:fs/promises';
import { DataError, UsageError } from '../errors.ts';
import { openDuckDB, sqlName, sqlText } from './duckdb.ts';
import { firstLine } from './reading.ts';
import { isSystemError, systemReason } from './system-error.ts';

/** A cell as `readParquet` gives it: whole numbers of 64 bits are numbers too, beyond 2^53 texts; lists are arrays. */
export type ParquetValue = string | number | boolean | null | readonly ParquetValue[];

/** Names of the columns of a Parquet file as it has them, in order. Errors as {@link readParquet}. */
export async function parquetColumns(path: string): Promise<string[]> {
  await checkFile(path);
  const { connection, close } = await openDuckDB();
  try {
    const schema = await connection.run(`SELECT name, num_children FROM parquet_schema(${plainPath(path)})`);
    const [, ...nodes] = await schema.getRows(); // below the root, each before its children
    const names: string[] = [];
    let nested = 0; // nodes to come that are within a column
    for (const [name, children] of nodes) {
      if (nested > 0) nested--;
      else names.push(String(name));
      nested += Number(children ?? 0);
    }
    return names;
  } catch (error) {
    throw fault(path, error);
  } finally {
    close();
  }
}

/**
 * The rows of a Parquet file, each the cells of the columns asked for, in that order; read piece by piece, so the file may be larger than memory.
 * @param ids those of the columns that hold ids, which must be text or numbers: values of other types may differ where their texts do not
 * @throws UsageError when there is no such file or DuckDB's binary does not load; DataError when it is not Parquet or lacks a column
 */
export async function* readParquet(
  path: string,
  columns: readonly string[],
  ids: readonly string[] = [],
): AsyncGenerator<readonly ParquetValue[]> {
  const there = await parquetColumns(path);
  const missing = columns.find((name) => !there.includes(name));
  if (missing !== undefined) throw new DataError(`no column "${missing}"; there are: ${there.join(', ')}`, { file: path });
  const { connection, close } = await openDuckDB();
  try {
    const source = `read_parquet(${plainPath(path)}, hive_partitioning = false)`; // which would take columns from the path
    const inSql = (await connection.run(`SELECT * FROM ${source} LIMIT 0`)).columnNames(); // names alike but for case are others there
    const result = await connection.stream(
      `SELECT ${columns.map((name) => sqlName(inSql[there.indexOf(name)])).join(', ')} FROM ${source}`,
    );
    for (const [c, type] of result.columnTypes().map(String).entries()) {
      const fault = (expected: string) => new DataError(`column "${columns[c]}" holds ${type}; expected ${expected}`, { file: path });
      if (nestedType.test(type)) throw fault('text, numbers or lists of them');
      if (ids.includes(columns[c]) && !idType.test(type)) throw fault('ids, which are text or whole numbers: cast it');
    }
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) return;
      for (const row of chunk.getRows()) yield row.map(plain);
    }
  } catch (error) {
    throw error instanceof DataError ? error : fault(path, error);
  } finally {
    close();
  }
}

/** The text or whole number that an id is; null for anything else, so that ids that differ stay apart. */
export const parquetId = (value: ParquetValue): string | null =>
  typeof value === 'string' || Number.isSafeInteger(value) ? String(value) : null;

const idType = /^(VARCHAR|JSON|UUID|ENUM\(.*\)|U?(TINY|SMALL|BIG|HUGE)?INT(EGER)?|FLOAT|DOUBLE)(\[\])*$/s;
const nestedType = /\b(STRUCT|MAP|UNION)\(/;

/** A path in which nothing stands for other files. */
const plainPath = (path: string) => sqlText(path.replace(/[*?[]/g, '[$&]'));

async function checkFile(path: string): Promise<void> {
  const fail = (reason: string): never => {
    throw new UsageError(`cannot read "${path}": ${reason}`);
  };
  const found = await stat(path).catch((error: unknown) => fail(isSystemError(error) ? systemReason(error) : String(error)));
  if (found.isDirectory()) fail('it is a folder; name a file');
}

function fault(path: string, error: unknown): DataError {
  return new DataError(`not a Parquet file that can be read: ${firstLine(error)}`, { file: path }, { cause: error });
}

function plain(value: unknown): ParquetValue {
  if (typeof value === 'bigint') return Number.isSafeInteger(Number(value)) ? Number(value) : String(value); // ids that differ stay apart
  if (typeof value === 'object' && value !== null && 'items' in value) return (value.items as unknown[]).map(plain);
  if (value === null || typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  return String(value);
}
