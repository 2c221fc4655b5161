import { DataError } from '../errors.ts';
import { csvRecords } from './click-log-csv.ts';
import type { ClickLogRecord, RecordOptions, StoredLogFormat } from './click-log-format.ts';
import { jsonRecords } from './click-log-json.ts';
import { parquetRecords } from './click-log-parquet.ts';
import { positionRecords } from './click-log-positions.ts';
import { shownText } from './decimal.ts';
import { storeRecords } from './log-store/store-records.ts';

/** The reader of each form of click log. */
export const clickLogRecords: Readonly<Record<StoredLogFormat, (path: string, options?: RecordOptions) => AsyncGenerator<ClickLogRecord>>> =
  {
    'json-lines': jsonRecords,
    csv: csvRecords,
    parquet: parquetRecords,
    svmlight: positionRecords,
    store: storeRecords,
  };

export type RecordPlace = { file: string; line: number };

/** @throws DataError for a list without documents or with one twice, clicks that do not match, or a count that is not above 0 */
export function checkRecord({ docs, clicks, count }: ClickLogRecord, place: RecordPlace): void {
  if (docs.length === 0) throw new DataError('a list without documents', place);
  const seen = new Set<string>();
  const twice = docs.find((doc) => seen.size === seen.add(doc).size);
  if (twice !== undefined) throw new DataError(`document ${shownText(twice)} is twice in the list`, place);
  if (clicks.length !== docs.length)
    throw new DataError(`${clicks.length} clicks for ${docs.length} documents; give one 0 or 1 for each`, place);
  const odd = clicks.find((click) => click !== 0 && click !== 1);
  if (odd !== undefined) throw new DataError(`a click must be 0 or 1; got ${odd}`, place);
  if (!(count > 0)) throw new DataError(`count must be a number above 0; got ${count}`, place);
  if (count > Number.MAX_SAFE_INTEGER)
    throw new DataError(`count must be at most 2^53 − 1, as more cannot be told apart; got ${count}`, place);
}
