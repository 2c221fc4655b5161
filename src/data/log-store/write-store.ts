import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { DataError } from '../../errors.ts';
import type { Accounting } from '../accounting.ts';
import { sqlName, sqlText } from '../duckdb.ts';
import { writeAtomic, writeAtomicStream } from '../write-atomic.ts';
import type { RejectedRow } from './row-faults.ts';
import {
  columnsOfLists,
  columnsOfRows,
  infoFile,
  listsFile,
  rowsFile,
  type StoreColumns,
  type StoreInfo,
  storeFormat,
} from './store-info.ts';
import type { WorkDatabase } from './work-database.ts';

/** Lists of a part, and so of a file. */
export const usualListsOfPart = 1 << 20;

export interface WriteStoreOptions {
  readonly listsOfPart?: number;
  /** Whether it may hold no session, as one of several that will be added up. Default false. */
  readonly mayBeEmpty?: boolean;
  /** Which share of the files it holds. Default: all. */
  readonly shard?: StoreInfo['shard'];
}

/** What a store says beside what its tables hold. */
export interface StoreOrigin extends Pick<StoreInfo, 'sources'> {
  readonly accounting: readonly Accounting[];
}

/**
 * Writes the tables raw_lists (l, the columns of a list, docs) and raw_rows (l, clicks, time, count) as a store: lists that are equal are one
 * and numbered in the order of their query, documents and other columns; rows that are equal are one, with the sum of their counts. So a
 * store depends on what was counted alone, not on the order or on how it was divided.
 * @param folder that exists @throws DataError where there is no session and must be one
 */
export async function writeStore(
  db: WorkDatabase,
  folder: string,
  columns: StoreColumns,
  origin: StoreOrigin,
  { listsOfPart = usualListsOfPart, mayBeEmpty = false, shard }: WriteStoreOptions = {},
): Promise<StoreInfo> {
  const [ownList, ownRow] = [
    ['docs', ...columnsOfLists(columns).map(sqlName)],
    ['clicks', ...columnsOfRows(columns)],
  ];
  const order = ['query', ...ownList.filter((name) => name !== sqlName('query'))].join(', ');
  await db.run(`CREATE TABLE ranked AS SELECT *, dense_rank() OVER (ORDER BY ${order}) - 1 AS list FROM raw_lists`);
  await db.run('DROP TABLE raw_lists');
  await db.run(
    `CREATE TABLE lists AS SELECT list, ${ownList.join(', ')} FROM ranked SEMI JOIN (SELECT min(l) AS l FROM ranked GROUP BY list) USING (l)`,
  );
  await db.run(`CREATE TABLE rows AS SELECT list, ${ownRow.join(', ')}, CAST(sum("count") AS BIGINT) AS "count"
    FROM raw_rows JOIN (SELECT l, list FROM ranked) USING (l) GROUP BY list, ${ownRow.join(', ')}`);
  await db.run('DROP TABLE ranked; DROP TABLE raw_rows');
  const [size] = await db.rows<Record<'lists' | 'rows' | 'sessions' | 'impressions', bigint | null> & { longest: bigint | null }>(
    `SELECT (SELECT count(*) FROM lists) AS lists, count(*) AS rows, CAST(sum("count") AS BIGINT) AS sessions,
      CAST(sum("count" * len(clicks)) AS BIGINT) AS impressions, max(len(clicks)) AS longest FROM rows`,
  );
  if (size.rows === 0n && !mayBeEmpty) throw noSession(origin);
  const parts = Math.max(1, Math.ceil(Number(size.lists) / listsOfPart));
  for (let part = 0; part < parts; part++) {
    const within = `list BETWEEN ${part * listsOfPart} AND ${(part + 1) * listsOfPart - 1}`;
    const names = ['list', 'query', ...ownList.filter((name) => name !== sqlName('query'))].join(', ');
    await copyTo(db, listsFile(folder, part), `SELECT ${names} FROM lists WHERE ${within} ORDER BY list`);
    const ofRow = ['list', ...ownRow].join(', ');
    await copyTo(db, rowsFile(folder, part), `SELECT ${ofRow}, "count" FROM rows WHERE ${within} ORDER BY ${ofRow}`);
  }
  const info: StoreInfo = {
    ...{ format: storeFormat, version: 1, columns, parts, ...(shard && { shard }) },
    ...{ lists: Number(size.lists), rows: Number(size.rows), sessions: Number(size.sessions ?? 0) },
    ...{ impressions: Number(size.impressions ?? 0), longestList: Number(size.longest ?? 0) },
    sources: [...origin.sources],
    accounting: origin.accounting.map((account) => ({ ...account, rejected: { ...account.rejected } })),
  };
  await writeAtomic(join(folder, infoFile), `${JSON.stringify(info, null, 2)}\n`);
  return info;
}

async function copyTo(db: WorkDatabase, path: string, sql: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await db.run(`COPY (${sql}) TO ${sqlText(path)} (FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE 122880, USE_TMP_FILE false)`);
}

function noSession({ sources, accounting }: StoreOrigin): DataError {
  const reasons = accounting.flatMap(({ unit, rejected }) => Object.entries(rejected).map(([reason, n]) => `${n} ${unit}: ${reason}`));
  const left = reasons.length === 0 ? '' : `; left out: ${reasons.join(', ')}`;
  return new DataError(`no session in it: expected at least one list with its clicks${left}`, { file: sources[0].file });
}

/** Where rows that were left out are told. */
export const rejectsFile = 'rejects.csv';

/** Writes what was left out of a file beside its store: file, line and reason. */
export async function writeRejects(
  folder: string,
  file: string,
  rejected: AsyncIterable<RejectedRow> | Iterable<RejectedRow>,
): Promise<void> {
  const lines = async function* () {
    yield 'file,line,reason\n';
    for await (const { file: own = file, line, reason } of rejected) yield `${cell(own)},${line ?? ''},${cell(reason)}\n`;
  };
  await writeAtomicStream(join(folder, rejectsFile), lines());
}

const cell = (text: string) => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
