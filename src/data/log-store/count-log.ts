import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Ledger } from '../accounting.ts';
import { countImpressions } from './count-impressions.ts';
import { countSessions } from './count-sessions.ts';
import { lineEndFault } from './line-ends.ts';
import { loadArrow } from './load-arrow.ts';
import { type LogColumns, usedColumns } from './log-columns.ts';
import { logRows } from './log-rows.ts';
import type { LogSource } from './log-source.ts';
import { findBrokenLines, firstFault, isFaulty, rejectedRows } from './row-faults.ts';
import { keysTwiceSql } from './source-relation.ts';
import type { StoreInfo } from './store-info.ts';
import { usualRoom, type WorkDatabase, type WorkRoom, withWorkDatabase } from './work-database.ts';
import { type WriteStoreOptions, writeRejects, writeStore } from './write-store.ts';

/** How a log is counted. */
export interface CountOptions extends WriteStoreOptions {
  /** Default: 1200 MB, and all cores. */
  readonly room?: WorkRoom;
  /** What becomes of rows that break the form: the first stops the work, or all are left out, counted, and told in a file. Default: stop. */
  readonly onError?: 'stop' | 'skip';
}

/**
 * Counts a file of any size into a store: a folder of Parquet files with distinct lists and counted rows. Memory does not grow with
 * the file: what is larger lies on the disk, in the folder, while it is counted. The rows of a session may stand apart, but within one file.
 * @param folder empty; on a fault it is left as it is then @throws DataError with file and line for what breaks the form
 */
export async function countLog(
  asOpened: LogSource,
  columns: LogColumns,
  folder: string,
  { room = usualRoom, onError = 'stop', ...options }: CountOptions = {},
): Promise<StoreInfo> {
  const { path } = asOpened;
  const ledger = new Ledger();
  const { size } = await stat(path);
  const counting = withWorkDatabase(join(folder, 'work'), room, path, async (db) => {
    const source = await withKeysChecked(db, asOpened);
    const rows = logRows(source, columns);
    if (source.form === 'arrow') await loadArrow(db, source, usedColumns(columns));
    const counted =
      columns.shape === 'impressions' ? await countImpressions(db, rows, columns, ledger) : await countSessions(db, rows, ledger);
    const faults = { ...counted, lines: await findBrokenLines(db, source) };
    ledger.reject(columns.shape === 'impressions' ? 'impressions' : 'rows', 'lines that are no row', faults.lines);
    if (isFaulty(faults)) {
      if (onError === 'stop') throw await firstFault(db, source, rows, faults);
      await writeRejects(folder, path, rejectedRows(db, source, rows));
    }
    const [policy, time, user, propensity] = [columns.policy, columns.time, columns.user, columns.propensity].map(
      (column) => column !== null,
    );
    const stored = { contexts: [...columns.contexts], policy, time, user, propensity };
    const origin = { sources: [{ file: path, bytes: size }], accounting: ledger.accounting(path) };
    return writeStore(db, folder, stored, origin, options);
  });
  return counting.catch(async (error: unknown) => {
    throw await lineEndFault(asOpened, error);
  });
}

/** Of two values of a key the database takes the first in silence. One more reading of the keys, which costs a small part of the rest. */
async function withKeysChecked(db: WorkDatabase, source: LogSource): Promise<LogSource> {
  if (source.form !== 'json-lines' || source.hasMark === true) return source; // behind a mark all lines are read as text, with this rule
  const [{ n }] = await db.rows<{ n: bigint }>(keysTwiceSql(source));
  return n > 0n ? { ...source, hasKeysTwice: true } : source;
}
