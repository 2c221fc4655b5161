import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { sqlName } from '../duckdb.ts';
import { ListNames } from '../list-columns.ts';
import type { NamedClickLog } from '../named-logs/named-click-log.ts';
import { readNamedClickLog } from '../named-logs/read-named-click-log.ts';
import type { CountOptions } from './count-log.ts';
import type { RejectedRow } from './row-faults.ts';
import { filesOfLog, type StoreInfo } from './store-info.ts';
import { usualRoom, type WorkDatabase, withWorkDatabase } from './work-database.ts';
import { writeRejects, writeStore } from './write-store.ts';

/**
 * Counts a log of a published form into a store, as {@link countLog} does files with columns. It is counted in memory, which grows with the distinct
 * lists and rows, not with the sessions. What breaks the form is left out and counted where it is to be skipped, and told in rejects.csv with its line where the form has lines.
 * @param context one that the form has
 */
export async function countNamedLog(
  path: string,
  format: string,
  context: string | null,
  folder: string,
  { room = usualRoom, onError = 'stop', ...options }: CountOptions = {},
): Promise<StoreInfo> {
  const rejected: RejectedRow[] = [];
  const names = new ListNames();
  const named = await readNamedClickLog(path, {
    ...{ format, names, skipFaulty: onError === 'skip', ...(context !== null && { context }) },
    onLeftOut: ({ file, line, problem }) => void rejected.push({ file, line, reason: problem }),
  });
  if (rejected.length > 0) await writeRejects(folder, path, rejected);
  const sizes = await Promise.all((await filesOfLog(path)).map(async (file) => (await stat(file)).size));
  const bytes = sizes.reduce((sum, size) => sum + size, 0);
  const columns = {
    contexts: context === null ? [] : [context],
    policy: named.log.policies !== undefined,
    time: false,
    user: false,
    propensity: false,
  };
  return withWorkDatabase(join(folder, 'work'), room, path, async (db) => {
    await appendLists(db, named, context, new Map(Array.from(names.policy, ([name, number]) => [number, name])));
    await appendRows(db, named);
    return writeStore(db, folder, columns, { sources: [{ file: path, bytes }], accounting: named.accounting }, options);
  });
}

async function appendLists(
  db: WorkDatabase,
  { log, queryIds, docIds, contexts }: NamedClickLog,
  context: string | null,
  policies: ReadonlyMap<number, string>,
): Promise<void> {
  const shownIn = context === null || contexts === null ? null : contexts;
  const more = [...(context === null ? [] : [`${sqlName(context)} VARCHAR`]), ...(log.policies === undefined ? [] : ['policy VARCHAR'])];
  await db.run(`CREATE TABLE raw_lists (${['l BIGINT', 'query VARCHAR', 'docs VARCHAR[]', ...more].join(', ')})`);
  const appender = await db.connection.createAppender('raw_lists');
  const texts = db.duckdb.LIST(db.duckdb.VARCHAR);
  for (let l = 0; l < log.queries.length; l++) {
    appender.appendBigInt(BigInt(l));
    appender.appendVarchar(queryIds[log.queries[l]]);
    appender.appendList(
      Array.from(log.docs.subarray(log.offsets[l], log.offsets[l + 1]), (doc) => docIds[doc]),
      texts,
    );
    if (shownIn !== null) appender.appendVarchar(shownIn.names[shownIn.ofList[l]]);
    if (log.policies !== undefined) appender.appendVarchar(policies.get(log.policies[l]) as string);
    appender.endRow();
  }
  appender.closeSync();
}

async function appendRows(db: WorkDatabase, { log }: NamedClickLog): Promise<void> {
  await db.run('CREATE TABLE raw_rows (l BIGINT, clicks UTINYINT[], "count" BIGINT)');
  const appender = await db.connection.createAppender('raw_rows');
  const bytes = db.duckdb.LIST(db.duckdb.UTINYINT);
  for (let r = 0; r < log.list.length; r++) {
    appender.appendBigInt(BigInt(log.list[r]));
    appender.appendList(Array.from(log.clicks.subarray(log.clickOffsets[r], log.clickOffsets[r + 1])), bytes);
    appender.appendBigInt(BigInt(log.count[r]));
    appender.endRow();
  }
  appender.closeSync();
}
