import { DataError } from '../errors.ts';
import { wordsOf } from './blanks.ts';
import { checkColumns } from './check-columns.ts';
import {
  type ClickLogRecord,
  checkContextThere,
  checkIsOfLists,
  clickIn,
  type RecordOptions,
  recordColumns,
  unlessFaulty,
} from './click-log-format.ts';
import { type CsvRow, csvRows } from './csv-rows.ts';
import { decimalOf, shownText } from './decimal.ts';

/** Records of a CSV click log: a header with the columns query, docs, clicks and perhaps count, in any order. @param options further columns */
export async function* csvRecords(path: string, options: RecordOptions = {}): AsyncGenerator<ClickLogRecord> {
  const columns = recordColumns(options);
  const { required, optional, context, wayOut } = columns;
  let places: number[] | null = null; // of the columns
  let width = 0;
  for await (const { cells, line } of csvRows(path, { trim: true })) {
    if (places === null) {
      checkIsOfLists(cells, { file: path, line });
      checkContextThere(columns, cells, { file: path, line });
      checkColumns(cells, { required, optional, closed: true, wayOut }, { file: path, line });
      places = ['query', 'docs', 'clicks', 'count', context, 'policy'].map((name) => cells.indexOf(name));
      width = cells.length;
    } else {
      const [known, count] = [places, width];
      const record = unlessFaulty(() => toRecord(known, count, { cells, line }, path), options.onFault);
      if (record !== null) yield record;
    }
  }
}

function toRecord(places: readonly number[], width: number, { cells, line }: CsvRow, file: string): ClickLogRecord {
  if (cells.length !== width) throw new DataError(`expected ${width} cells, got ${cells.length}`, { file, line });
  const [query, docs, clicks, count = '1', context, policy] = places.map((place) => cells[place]);
  const sessions = decimalOf(count, 'plain');
  if (!(sessions > 0))
    throw new DataError(`count must be a number above 0, in digits, perhaps with a point; got ${shownText(count)}`, { file, line });
  const flags = wordsOf(clicks).map((click) => clickIn(click, { file, line }));
  return {
    ...{ query, docs: wordsOf(docs), clicks: flags, count: sessions, line },
    ...(context !== undefined && { context }),
    ...(policy !== undefined && { policy }),
  };
}
