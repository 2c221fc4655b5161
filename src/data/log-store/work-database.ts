import { mkdir, rm } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import { DataError, UsageError } from '../../errors.ts';
import { type DuckDB, type OpenDuckDB, openDuckDBAt, sqlText } from '../duckdb.ts';
import { firstLine } from '../reading.ts';

/** What counting may take of the machine. */
export interface WorkRoom {
  /** Memory of the database, as DuckDB writes it: `1200MB`. What does not fit lies beside the output while it is written. */
  readonly memory: string;
  readonly threads: number;
}

/** 1.2 GB, and all cores. */
export const usualRoom: WorkRoom = {
  memory: '1200MB',
  get threads() {
    return availableParallelism();
  },
};

export type SqlValue = string | number | bigint | boolean | null;

/** A database on the disk that lives as long as one piece of work. */
export interface WorkDatabase extends Pick<OpenDuckDB, 'connection'> {
  readonly duckdb: DuckDB;
  readonly memoryBytes: number;
  run(sql: string): Promise<void>;
  /** Rows of few columns and few in number: whole numbers are bigint. */
  rows<Row extends Record<string, SqlValue>>(sql: string): Promise<Row[]>;
  /** Order of rows in a file is kept by one thread alone. */
  inOrder<T>(work: () => Promise<T>): Promise<T>;
}

/**
 * Does work with a database in memory; what is larger than the memory given lies in a folder that is made for it and removed after.
 * @param file what is read, which a fault names
 */
export async function withWorkDatabase<T>(
  folder: string,
  { memory, threads }: WorkRoom,
  file: string,
  work: (db: WorkDatabase) => Promise<T>,
): Promise<T> {
  await mkdir(folder);
  const { connection, duckdb, close } = await openDuckDBAt(':memory:', {
    threads: String(threads),
    memory_limit: memory,
    temp_directory: folder,
    preserve_insertion_order: 'false', // every table that is written is sorted
  });
  const run = async (sql: string) => void (await connection.run(sql));
  const db: WorkDatabase = {
    connection,
    duckdb,
    memoryBytes: bytesOf(memory),
    run,
    async rows<Row>(sql: string) {
      return (await connection.runAndReadAll(sql)).getRowObjects() as Row[];
    },
    async inOrder(ordered) {
      await run('SET threads = 1; SET preserve_insertion_order = true');
      const result = await ordered();
      await run(`SET threads = ${threads}; SET preserve_insertion_order = false`);
      return result;
    },
  };
  try {
    await run("SET TimeZone = 'UTC'"); // of times that tell none
    return await work(db);
  } catch (error) {
    throw workFault(error, file, memory);
  } finally {
    close();
    await rm(folder, { recursive: true, force: true });
  }
}

const units = { K: 1e3, M: 1e6, G: 1e9, T: 1e12 };

/** Of a size such as 1200MB. */
function bytesOf(size: string): number {
  const [, number, unit] = /^([\d.]+) ?([KMGT])/i.exec(size) ?? [];
  return Number(number) * units[unit.toUpperCase() as keyof typeof units];
}

/** What DuckDB throws as one of ours: its messages begin with the kind of error. */
function workFault(error: unknown, file: string, memory: string): unknown {
  if (error instanceof UsageError || error instanceof DataError) return error;
  const { message } = error as Partial<Error>; // no `instanceof`: it may be of another realm
  if (typeof message !== 'string' || !/^[A-Z][\w ]* (Error|exception): /i.test(message)) return error;
  if (/^Out of Memory/i.test(message))
    return /max_temp_directory_size|temp directory/i.test(message)
      ? new UsageError(`"${file}" needs more room on the disk than is free beside the output; make room, or name another place`)
      : new UsageError(`"${file}" needs more than ${memory} of memory to be counted; give --memory more`);
  if (/No space left|disk full/i.test(message))
    return new UsageError(`the disk is full; make room, or choose another place for what is counted of "${file}"`);
  const [, place, reason] = /Could not write (?:to )?file "(.*)": (.*)/.exec(firstLine(error)) ?? [];
  if (place !== undefined) return new UsageError(`cannot write "${place}", of what is counted of "${file}": ${reason}`);
  return new DataError(`cannot be read: ${firstLine(error)}`, { file }, { cause: error });
}

/** A path in SQL in which nothing stands for other files. */
export const sqlPath = (path: string): string => sqlText(path.replace(/[*?[]/g, '[$&]'));
