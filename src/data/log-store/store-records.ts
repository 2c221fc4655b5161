import { DataError, UsageError } from '../../errors.ts';
import { nearName } from '../../registry.ts';
import type { ClickLogRecord, RecordOptions } from '../click-log-format.ts';
import { shownText } from '../decimal.ts';
import { sqlName } from '../duckdb.ts';
import { listsFile, readStoreInfo, rowsFile, type StoreInfo } from './store-info.ts';
import { storedRows } from './stored-rows.ts';

/** A list of a store, shared by all records of it. */
interface StoredList {
  readonly query: string;
  readonly docs: readonly string[];
  readonly context?: string;
  readonly policy?: string;
}

/**
 * Records of a store, list by list; in the order of their time where the store keeps that. `line` is the number of the row.
 * Rows of lists that differ in a context that is not asked for are records of equal lists.
 * @param options.context one of those that the store has
 * @throws UsageError for another; DataError for a store that is damaged
 */
export async function* storeRecords(
  path: string,
  { context: asked, listColumns = [] }: RecordOptions = {},
): AsyncGenerator<ClickLogRecord> {
  const info = await readStoreInfo(path);
  if (asked !== undefined) checkStoreContext(path, asked, info);
  const context = asked ?? info.columns.contexts.find((name) => name === 'context' && listColumns.includes(name));
  const withPolicy = info.columns.policy && listColumns.includes('policy');
  const parts = Array.from({ length: info.parts }, (_, part) => part);
  const pieces = info.columns.time ? [parts] : parts.map((part) => [part]); // rows of one time may be in any part
  let line = 0;
  for (const piece of pieces) {
    const lists = new Map<number, StoredList>();
    for (const part of piece)
      for await (const [list, query, docs, shownIn, policy] of storedRows(
        listsFile(path, part),
        listColumnsSql(context, withPolicy),
        'list',
      ))
        lists.set(Number(list), {
          ...{ query: String(query), docs: docs as string[] },
          ...(context !== undefined && { context: String(shownIn) }),
          ...(withPolicy && { policy: String(policy) }),
        });
    const order = info.columns.time ? '"time", list, clicks' : 'list, clicks';
    const files = piece.map((part) => rowsFile(path, part));
    for await (const [list, clicks, count] of storedRows(files, `list, array_to_string(clicks, ''), "count"`, order)) {
      line++;
      const shown = lists.get(Number(list));
      if (shown === undefined)
        throw new DataError(`row ${line} is of list ${list}, which the store does not have; import the log again`, { file: path });
      yield { ...shown, clicks: Array.from(String(clicks), (click) => click.charCodeAt(0) - zero), count: Number(count), line };
    }
  }
  if (line !== info.rows)
    throw new DataError(`${line} rows, where log.json tells of ${info.rows}; a part is missing, or was replaced: import the log again`, {
      file: path,
    });
}

const zero = 48;

const listColumnsSql = (context: string | undefined, withPolicy: boolean): string =>
  `list, query, docs, ${context === undefined ? "''" : sqlName(context)}, ${withPolicy ? 'policy' : "''"}`;

/** @throws UsageError for a context that the store does not have */
export function checkStoreContext(path: string, context: string, { columns: { contexts } }: StoreInfo): void {
  if (contexts.includes(context)) return;
  const there = contexts.length === 0 ? 'it was imported without any (--context)' : `it has ${contexts.map(shownText).join(', ')}`;
  throw new UsageError(`"${path}" has no context ${shownText(context)}${nearName(context, contexts) || ';'} ${there}`);
}
