import { DataError, UsageError } from '../errors.ts';
import { checkColumns } from './check-columns.ts';
import type { ClickLog } from './click-log.ts';
import {
  type ClickLogRecord,
  checkContextThere,
  checkIsOfLists,
  clickIn,
  type LogIds,
  type RecordOptions,
  recordColumns,
  unlessFaulty,
} from './click-log-format.ts';
import { shownText } from './decimal.ts';
import { columnsOf } from './list-columns.ts';
import { type ParquetValue, parquetColumns, parquetId, readParquet } from './read-parquet.ts';
import { type ParquetCell, writeParquet } from './write-parquet.ts';

const columns = [
  { name: 'query', type: 'text' },
  { name: 'docs', type: 'texts' },
  { name: 'clicks', type: 'bytes' },
  { name: 'count', type: 'number' },
] as const;

/**
 * Records of a Parquet click log: columns query, docs and clicks (lists), and perhaps count; `line` is the number of the row.
 * @param options further columns
 */
export async function* parquetRecords(path: string, options: RecordOptions = {}): AsyncGenerator<ClickLogRecord> {
  const there = await parquetColumns(path);
  const columns = recordColumns(options);
  const { required, optional, context, wayOut } = columns;
  checkIsOfLists(there, { file: path });
  checkContextThere(columns, [...there], { file: path });
  checkColumns(there, { required, optional, closed: true, wayOut }, { file: path });
  const asked = [...required, ...optional.filter((name) => there.includes(name))];
  const ids = asked.filter((name) => name !== 'clicks' && name !== 'count');
  const ofLists = [context, 'policy'].filter((name) => asked.includes(name));
  const at = (name: string) => asked.indexOf(name);
  let line = 0;
  const countIn = (value: ParquetValue, line: number): number => {
    if (typeof value === 'number') return value;
    const got = value === null ? 'nothing' : `the ${typeof value} ${shownText(String(value))}`;
    throw new DataError(`count must be a number above 0; got ${got}`, { file: path, line });
  };
  const toRecord = (cells: readonly ParquetValue[], line: number): ClickLogRecord => {
    const [query, docs, clicks] = cells;
    const queryId = parquetId(query);
    const docIds = Array.isArray(docs) ? docs.map(parquetId) : [null];
    const [shownIn, policy] = [context, 'policy'].map((name) => (at(name) < 0 ? undefined : parquetId(cells[at(name)])));
    if (queryId === null || !docIds.every((id) => id !== null) || !Array.isArray(clicks) || shownIn === null || policy === null)
      throw new DataError(
        `expected a query, a list of documents${ofLists.map((name) => `, a ${name}`).join('')} and a list of clicks; ids are text or whole numbers`,
        { file: path, line },
      );
    return {
      query: queryId,
      docs: docIds,
      clicks: clicks.map((click) => clickIn(click, { file: path, line })),
      count: at('count') < 0 ? 1 : countIn(cells[at('count')], line),
      line,
      ...(shownIn !== undefined && { context: shownIn }),
      ...(policy !== undefined && { policy }),
    };
  };
  for await (const cells of readParquet(path, asked, ids)) {
    line++;
    const record = unlessFaulty(() => toRecord(cells, line), options.onFault);
    if (record !== null) yield record;
  }
}

/** Writes a click log as Parquet, one row per row. @throws UsageError under .gz, and as {@link writeParquet} */
export async function writeParquetLog(path: string, log: ClickLog, set: LogIds): Promise<void> {
  if (path.endsWith('.gz')) throw new UsageError(`cannot write "${path}": Parquet is packed already; write .parquet`);
  const ofLists = columnsOf(log, set).map(({ name }) => ({ name, type: 'text' }) as const);
  await writeParquet(path, [...columns, ...ofLists], parquetRows(log, set));
}

function* parquetRows(log: ClickLog, set: LogIds): Generator<ParquetCell[]> {
  const { queries, offsets, docs, list, clickOffsets, clicks, count } = log;
  const ofLists = columnsOf(log, set);
  const shown = new Map<number, string[]>();
  for (let r = 0; r < list.length; r++) {
    const l = list[r];
    const ids = shown.get(l) ?? Array.from(docs.subarray(offsets[l], offsets[l + 1]), (doc) => set.docIds[doc]);
    shown.set(l, ids);
    yield [
      set.queryIds[queries[l]],
      ids,
      clicks.subarray(clickOffsets[r], clickOffsets[r + 1]),
      count[r],
      ...ofLists.map(({ textOf }) => textOf(l)),
    ];
  }
}
