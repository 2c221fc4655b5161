import { DataError } from '../errors.ts';
import { nearName } from '../registry.ts';
import { type Accounting, allKept, type Read } from './accounting.ts';
import type { ClickLog } from './click-log.ts';
import { ClickLogBuilder } from './click-log-builder.ts';
import { type ClickLogRecord, clickLogFormat } from './click-log-format.ts';
import { checkRecord, clickLogRecords, type RecordPlace } from './click-log-records.ts';
import { shownText } from './decimal.ts';
import type { QuerySet } from './query-set.ts';
import { reading } from './reading.ts';
import { someIds } from './shared-ids.ts';

/**
 * Reads a click log by the ending of its name, plain or gzip, and resolves its ids against `set`.
 * - .jsonl, .json: `{"query": "q1", "docs": ["3", "1"], "clicks": [0, 1], "count": 12}` on each line; count may be left out and is 1 then
 * - .csv: header `query,docs,clicks,count`, the ids in docs and the 0s and 1s in clicks with blanks between
 * - .parquet: columns query, docs (a list), clicks (a list) and perhaps count
 * - .txt, .svm, .train: SVMlight with a `.position` file beside it: each query is one session, a label above 0 a click
 *
 * Equal lists are interned; equal rows stay apart (see `compact`).
 * @throws DataError with file and line for an id that `set` does not have, a document twice in a list, clicks that do not match,
 *   a count that is not above 0, or no rows at all; UsageError for a missing file or another ending
 */
export function readClickLog(path: string, set: QuerySet): Promise<Read<ClickLog>> {
  return reading(path, () => collect(path, set));
}

async function collect(path: string, set: QuerySet): Promise<Read<ClickLog>> {
  const accounts: Accounting[] = []; // of what a record is made of
  const records = clickLogRecords[clickLogFormat(path)](path, { accounts });
  const resolve = resolver(set);
  const builder = new ClickLogBuilder();
  let empty = true;
  for await (const record of records) {
    const place = { file: path, line: record.line };
    checkRecord(record, place);
    const { query, docs } = resolve(record, place);
    builder.addRow(builder.addList(query, docs), record.clicks, record.count);
    empty = false;
  }
  if (empty) throw new DataError('no rows: expected at least one list with its clicks', { file: path });
  const log = builder.build();
  return { ...log, accounting: [allKept(path, 'rows', log.list.length), ...accounts] };
}

/** Turns ids into indexes of the set; the documents of a query are looked up in a table made when the query is first met. */
function resolver({ queryIds, docIds, offsets }: QuerySet) {
  const queries = new Map(queryIds.map((id, q) => [id, q]));
  const tables = new Map<number, Map<string, number>>();
  const documentsOf = (q: number) => {
    const known = tables.get(q);
    if (known !== undefined) return known;
    const table = new Map(docIds.slice(offsets[q], offsets[q + 1]).map((id, i) => [id, offsets[q] + i]));
    tables.set(q, table);
    return table;
  };
  return ({ query: queryId, docs: ids }: ClickLogRecord, place: RecordPlace): { query: number; docs: number[] } => {
    const query = queries.get(queryId);
    if (query === undefined)
      throw new DataError(
        `query ${shownText(queryId)} is not in the query set${nearName(queryId, queryIds)}; that has ${someIds(queryIds)}`,
        place,
      );
    const table = documentsOf(query);
    const docs = ids.map((id) => {
      const doc = table.get(id);
      if (doc !== undefined) return doc;
      throw new DataError(
        `document ${shownText(id)} is not among those of query ${shownText(queryId)}${nearName(id, [...table.keys()])}; they are ${someIds(table.keys())}`,
        place,
      );
    });
    return { query, docs };
  };
}
