import { DataError } from '../errors.ts';
import { nearName } from '../registry.ts';
import { trimBlanks } from './blanks.ts';
import {
  type ClickLogRecord,
  checkContextThere,
  checkIsOfLists,
  type RecordOptions,
  recordColumns,
  unlessFaulty,
} from './click-log-format.ts';
import { shownText } from './decimal.ts';
import { checkJsonDepth } from './json-depth.ts';
import { checkKeysDiffer } from './json-keys.ts';
import { textLines } from './line-blocks.ts';
import { someIds } from './shared-ids.ts';

/**
 * Records of a JSON Lines click log: `{"query": "q1", "docs": ["3", "1"], "clicks": [0, 1], "count": 12}`; without count it is 1.
 * @param options further keys, of texts
 */
export async function* jsonRecords(path: string, options: RecordOptions = {}): AsyncGenerator<ClickLogRecord> {
  const columns = recordColumns(options);
  for await (const { text, line } of textLines(path)) {
    if (trimBlanks(text) === '') continue;
    const record = unlessFaulty(() => toRecord(text, columns, { file: path, line }), options.onFault);
    if (record !== null) yield record;
  }
}

type Columns = ReturnType<typeof recordColumns>;
type Place = { file: string; line: number };

function toRecord(text: string, columns: Columns, place: Place): ClickLogRecord {
  const record = toObject(text, columns, place);
  const { query, docs, clicks, count = 1 } = record;
  if (typeof query !== 'string') throw new DataError('"query" must be a text', place);
  if (!isArrayOf(docs, isText)) throw new DataError('"docs" must be a list of texts', place);
  if (!isArrayOf(clicks, isNumber)) throw new DataError('"clicks" must be a list of numbers', place);
  if (!isNumber(count)) throw new DataError('"count" must be a number', place);
  const [context, policy] = [columns.context, 'policy'].map((key) => {
    const value = record[key];
    if (value !== undefined && !isText(value)) throw new DataError(`${shownText(key)} must be a text`, place);
    return value;
  });
  return {
    query,
    docs,
    clicks,
    count,
    line: place.line,
    ...(context !== undefined && { context }),
    ...(policy !== undefined && { policy }),
  };
}

/** @throws DataError where it has a key that is not known, or lacks one */
function toObject(text: string, columns: Columns, place: Place): Record<string, unknown> {
  const { required, optional, wayOut } = columns;
  checkJsonDepth(text, place);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DataError('not JSON; expected one object on each line', place);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new DataError('expected an object on each line', place);
  const known = [...required, ...optional];
  const keys = Object.keys(value);
  checkIsOfLists(keys, place);
  checkContextThere(columns, keys, place);
  const stray = keys.find((key) => !known.includes(key));
  const near = stray === undefined ? '' : nearName(stray, known);
  const missing = required.find((key) => !keys.includes(key));
  if (stray !== undefined && (near !== '' || missing === undefined))
    throw new DataError(`unknown key ${shownText(stray)}${near || ';'} known: ${known.join(', ')}${wayOut}`, place);
  if (missing !== undefined) throw new DataError(`no key ${shownText(missing)}; there are ${someIds(keys, 20)}`, place);
  checkKeysDiffer(text, value, place);
  return value as Record<string, unknown>;
}

const isText = (x: unknown): x is string => typeof x === 'string';
const isNumber = (x: unknown): x is number => typeof x === 'number';

function isArrayOf<T>(value: unknown, is: (x: unknown) => x is T): value is T[] {
  return Array.isArray(value) && value.every(is);
}
