import { DataError } from '../errors.ts';
import { nearName } from '../registry.ts';
import { type Accounting, allKept, type Read } from './accounting.ts';
import type { ClickLog } from './click-log.ts';
import { ClickLogBuilder } from './click-log-builder.ts';
import { type ClickLogRecord, checkContext, clickLogFormat, recordContexts } from './click-log-format.ts';
import { checkRecord, clickLogRecords, type RecordPlace } from './click-log-records.ts';
import { kindsOf } from './compact.ts';
import { shownText } from './decimal.ts';
import { growingUint32 } from './growing-array.ts';
import { checkOnEveryLine, type ListColumn, ListNames, listColumnNames, listColumns } from './list-columns.ts';
import { isLogStore } from './log-store/store-info.ts';
import type { QuerySet } from './query-set.ts';
import { reading } from './reading.ts';
import { SequenceTable } from './sequence-table.ts';
import { someIds } from './shared-ids.ts';

/**
 * Reads a click log by the ending of its name, plain or gzip, or a folder that `counterrank import` wrote, and resolves its ids against `set`.
 * - .jsonl, .json: `{"query": "q1", "docs": ["3", "1"], "clicks": [0, 1], "count": 12}` on each line; count may be left out and is 1 then
 * - .csv: header `query,docs,clicks,count`, the ids in docs and the 0s and 1s in clicks with blanks between
 * - .parquet: columns query, docs (a list), clicks (a list) and perhaps count
 * - .txt, .svm, .train: SVMlight with a `.position` file beside it: each query is one session, a label above 0 a click
 *
 * All but the last may have `context` and `policy` too, texts that say what a list was shown in and by which logging policy or part of an
 * intervention; on every row or on none. Equal lists of one context and policy are interned; equal rows stay apart (see `compact`).
 * @param names of contexts and policies, shared by logs that are used together, so that their numbers mean the same
 * @param context the column that says what lists were shown in, which must then be there; null: `context`, where it is
 * @throws DataError with file and line for an id that `set` does not have, a document twice in a list, clicks that do not match,
 *   a count that is not above 0, or no rows at all; UsageError for a missing file or another ending
 */
export function readClickLog(path: string, set: QuerySet, names = new ListNames(), context: string | null = null): Promise<Read<ClickLog>> {
  return reading(path, () => collect(path, set, names, context));
}

async function collect(path: string, set: QuerySet, names: ListNames, context: string | null): Promise<Read<ClickLog>> {
  const accounts: Accounting[] = []; // of what a record is made of
  const format = (await isLogStore(path)) ? 'store' : clickLogFormat(path);
  if (context !== null) checkContext(context, format, recordContexts(format));
  const records = clickLogRecords[format](path, { accounts, listColumns: listColumnNames, ...(context !== null && { context }) });
  const resolve = resolver(set);
  const builder = new ClickLogBuilder();
  const groups = new SequenceTable(growingUint32()); // queries by context and policy
  let there: readonly ListColumn[] | null = null; // of the first row
  for await (const record of records) {
    const place = { file: path, line: record.line };
    checkRecord(record, place);
    const { query, docs } = resolve(record, place);
    there ??= listColumnNames.filter((name) => record[name] !== undefined);
    const numbers = listColumnNames.map((name) => {
      const text = record[name];
      checkOnEveryLine(name, text, there?.includes(name) === true, place);
      return text === undefined ? 0 : names.numberOf(name, text, place);
    });
    builder.addRow(builder.addList(groups.intern(query, numbers), docs), record.clicks, record.count);
  }
  if (there === null) throw new DataError('no rows: expected at least one list with its clicks', { file: path });
  const log = withColumns(builder.build(), groups, there);
  const kinds = [log.contexts, log.policies].map(kindsOf);
  if (set.queryIds.length * kinds[0] * kinds[1] > 2 ** 32)
    throw new DataError(
      `${set.queryIds.length} queries with contexts up to ${kinds[0] - 1} and policies up to ${kinds[1] - 1} are more than can be told apart; number them from 0`,
      { file: path },
    );
  return { ...log, accounting: [allKept(path, 'rows', log.list.length), ...accounts] };
}

/** A log whose queries are groups, with the queries, contexts and policies of these. */
export function withColumns(log: ClickLog, { keys, items }: SequenceTable<Uint32Array>, there: readonly ListColumn[]): ClickLog {
  const column = (name: ListColumn) => {
    const place = listColumnNames.indexOf(name);
    return log.queries.map((group) => items.values[group * listColumnNames.length + place]);
  };
  return {
    ...log,
    queries: log.queries.map((group) => keys.values[group]),
    ...Object.fromEntries(there.map((name) => [listColumns[name], column(name)])),
  };
}

/** Turns ids into indexes of the set; the documents of a query are looked up in a table made when the query is first met. */
export function resolver({ queryIds, docIds, offsets }: QuerySet) {
  const queries = new Map(queryIds.map((id, q) => [id, q]));
  const tables = new Map<number, Map<string, number>>();
  const documentsOf = (q: number) => {
    const known = tables.get(q);
    if (known !== undefined) return known;
    const table = new Map(docIds.slice(offsets[q], offsets[q + 1]).map((id, i) => [id, offsets[q] + i]));
    tables.set(q, table);
    return table;
  };
  return ({ query: queryId, docs: ids }: Pick<ClickLogRecord, 'query' | 'docs'>, place: RecordPlace): { query: number; docs: number[] } => {
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
