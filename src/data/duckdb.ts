import { createRequire } from 'node:module';
import type { DuckDBConnection } from '@duckdb/node-api';
import { UsageError } from '../errors.ts';

/**
 * An optional package, which may have been left out; and where it is there its binary may not be: each machine type has one of its own.
 * Required, as `import` would first look through its hundred CommonJS files for names, which takes as long again as reading them.
 */
function load(): typeof import('@duckdb/node-api') {
  try {
    return createRequire(import.meta.url)('@duckdb/node-api') as typeof import('@duckdb/node-api');
  } catch (error) {
    const [reason] = String(error instanceof Error ? error.message : error).split('\n');
    throw new UsageError(
      `Parquet needs DuckDB, which does not load on this machine (${process.platform} ${process.arch}): ${reason}; npm install @duckdb/node-api installs it, or use CSV`,
    );
  }
}

export type DuckDB = ReturnType<typeof load>;

/** A connection to an empty database in memory. */
export interface OpenDuckDB {
  readonly connection: DuckDBConnection;
  readonly duckdb: DuckDB;
  close(): void;
}

/**
 * Opens an empty database in memory. One thread, so that what is written depends on the input alone; nothing is fetched from the network.
 * @throws UsageError where DuckDB's binary does not load
 */
export const openDuckDB = (): Promise<OpenDuckDB> => openDuckDBAt(':memory:', { threads: '1' });

/** Opens a database at a path, with settings of DuckDB's. Nothing is fetched from the network. @throws UsageError as {@link openDuckDB} */
export async function openDuckDBAt(path: string, settings: Readonly<Record<string, string>>): Promise<OpenDuckDB> {
  const duckdb = load();
  const instance = await duckdb.DuckDBInstance.create(path, {
    ...settings,
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  });
  const connection = await instance.connect();
  return {
    connection,
    duckdb,
    close() {
      connection.closeSync();
      instance.closeSync();
    },
  };
}

/** A name in SQL. */
export const sqlName = (name: string): string => `"${name.replaceAll('"', '""')}"`;
/** A text in SQL. */
export const sqlText = (text: string): string => `'${text.replaceAll("'", "''")}'`;
