import { DataError } from '../errors.ts';
import { nearName } from '../registry.ts';
import { trimBlanks } from './blanks.ts';
import {
  type ClickLogRecord,
  checkContextThere,
  checkIsOfLists,
  clickIn,
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
  const { docs, clicks, count = 1 } = record;
  const query = idIn(record.query, 'query', place);
  if (!Array.isArray(docs)) throw new DataError('"docs" must be a list of texts or whole numbers', place);
  if (!Array.isArray(clicks)) throw new DataError('"clicks" must be a list, a 0 or 1 for each document', place);
  if (typeof count !== 'number') throw new DataError('"count" must be a number', place);
  const [context, policy] = [columns.context, 'policy'].map((key) => {
    const value = record[key];
    return value === undefined ? undefined : idIn(value, key, place);
  });
  return {
    query,
    docs: docs.map((doc) => idIn(doc, 'docs', place)),
    clicks: clicks.map((click) => clickIn(click, place)),
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

/** A text, or a whole number that JSON's numbers tell apart, which is read as its digits. @throws DataError for anything else */
function idIn(value: unknown, key: string, place: Place): string {
  if (typeof value === 'string') return value;
  if (Number.isSafeInteger(value)) return String(value);
  const what = key === 'docs' ? 'must be a list of texts or whole numbers' : 'must be a text or a whole number';
  const wayOut = Number.isInteger(value) ? '; above 2^53 − 1 put it in quotes, as a number would lose digits' : '';
  throw new DataError(`${shownText(key)} ${what}${wayOut}; got ${shownText(JSON.stringify(value) ?? 'nothing')}`, place);
}
