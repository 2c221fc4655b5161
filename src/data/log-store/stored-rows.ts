import { DataError, UsageError } from '../../errors.ts';
import { openDuckDBAt } from '../duckdb.ts';
import { firstLine } from '../reading.ts';
import { sqlPath } from './work-database.ts';

/** A cell of a table of a store. */
export type StoredCell = string | bigint | readonly string[] | null;

/**
 * Rows of files of one table of a store, as they come from the disk.
 * @param order by which they are sorted, in memory; null: as the files have them, which takes the same memory whatever their size
 * @throws DataError for what counterrank import does not write
 */
export async function* storedRows(
  files: string | readonly string[],
  columns: string,
  order: string | null,
): AsyncGenerator<readonly StoredCell[]> {
  const paths = [files].flat();
  const settings = order === null ? { memory_limit: '400MB', preserve_insertion_order: 'true' } : {};
  const { connection, close } = await openDuckDBAt(':memory:', { threads: '1', ...settings });
  try {
    const from = `read_parquet([${paths.map(sqlPath).join(', ')}], hive_partitioning = false)`;
    const result = await connection.stream(`SELECT ${columns} FROM ${from}${order === null ? '' : ` ORDER BY ${order}`}`);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (chunk === null || chunk.rowCount === 0) return;
      for (const row of chunk.getRows()) yield row.map(plain);
    }
  } catch (error) {
    if (error instanceof DataError || error instanceof UsageError) throw error;
    throw new DataError(
      `not what counterrank import writes: ${firstLine(error)}; import the log again`,
      { file: paths[0] },
      { cause: error },
    );
  } finally {
    close();
  }
}

const plain = (value: unknown): StoredCell =>
  typeof value === 'object' && value !== null && 'items' in value ? (value.items as string[]) : (value as StoredCell);
