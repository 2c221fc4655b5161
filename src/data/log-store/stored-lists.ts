import { DataError } from '../../errors.ts';
import { sqlName } from '../duckdb.ts';
import { listsFile, rowsFile, type StoreInfo } from './store-info.ts';
import { storedRows } from './stored-rows.ts';

/** A list of a store with the rows of all sessions that saw it. */
export interface StoredListRows {
  readonly query: string;
  readonly docs: readonly string[];
  readonly context: string; // empty where none is asked for
  readonly policy: string; //  likewise
  readonly rows: { readonly clicks: Uint8Array; readonly count: number }[];
}

export interface StoredListOptions {
  readonly context: string | null;
  readonly policy: boolean;
  /** Leave the rows out, which then are not read. */
  readonly listsOnly?: boolean;
}

/**
 * The lists of a store in the order of their queries, each with its rows. Both tables are sorted by list, so that one pass over each suffices and memory does
 * not grow with the store. @throws DataError for a store that is damaged
 */
export async function* storedLists(
  path: string,
  info: Pick<StoreInfo, 'parts' | 'rows'>,
  { context, policy, listsOnly = false }: StoredListOptions,
): AsyncGenerator<StoredListRows> {
  const columns = `list, query, docs, ${context === null ? "''" : sqlName(context)}, ${policy ? 'policy' : "''"}`;
  let seen = 0;
  for (let part = 0; part < info.parts; part++) {
    const rows = listsOnly ? null : storedRows(rowsFile(path, part), `list, array_to_string(clicks, ''), "count"`, null);
    try {
      let row = await rows?.next();
      for await (const [list, query, docs, shownIn, of] of storedRows(listsFile(path, part), columns, null)) {
        const own: StoredListRows['rows'] = [];
        for (; row !== undefined && row.done !== true && row.value[0] === list; row = await rows?.next()) {
          own.push({
            clicks: clicksOf(String(row.value[1]), (docs as string[]).length, rowsFile(path, part)),
            count: Number(row.value[2]),
          });
          seen++;
        }
        yield { query: String(query), docs: docs as string[], context: String(shownIn), policy: String(of), rows: own };
      }
      if (row !== undefined && row.done !== true)
        throw new DataError(`row ${seen + 1} is of list ${row.value[0]}, which is not there, or not at its place; import the log again`, {
          file: rowsFile(path, part),
        });
    } finally {
      await rows?.return?.(undefined);
    }
  }
  if (!listsOnly && seen !== info.rows)
    throw new DataError(`${seen} rows, where log.json tells of ${info.rows}; a part is missing, or was replaced: import the log again`, {
      file: path,
    });
}

function clicksOf(text: string, length: number, file: string): Uint8Array {
  if (text.length !== length) throw new DataError(`clicks "${text}" of a list of ${length} documents; import the log again`, { file });
  const clicks = new Uint8Array(length);
  for (let k = 0; k < length; k++) clicks[k] = text.charCodeAt(k) - 48;
  return clicks;
}
