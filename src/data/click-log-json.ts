import { DataError } from '../errors.ts';
import { nearName } from '../registry.ts';
import { trimBlanks } from './blanks.ts';
import { type ClickLogRecord, type RecordOptions, recordColumns } from './click-log-format.ts';
import { shownText } from './decimal.ts';
import { checkJsonDepth } from './json-depth.ts';
import { checkKeysDiffer } from './json-keys.ts';
import { textLines } from './line-blocks.ts';

/**
 * Records of a JSON Lines click log: `{"query": "q1", "docs": ["3", "1"], "clicks": [0, 1], "count": 12}`; without count it is 1.
 * @param options further keys, of texts
 */
export async function* jsonRecords(path: string, options: RecordOptions = {}): AsyncGenerator<ClickLogRecord> {
  const { required, optional, context } = recordColumns(options);
  const known = [...required, ...optional];
  const textOf = (record: Record<string, unknown>, key: string, place: { file: string; line: number }) => {
    const text = record[key];
    if (text === undefined && !required.includes(key)) return undefined;
    if (!isText(text)) throw new DataError(`${shownText(key)} must be a text`, place);
    return text;
  };
  for await (const { text, line } of textLines(path)) {
    if (trimBlanks(text) === '') continue;
    const place = { file: path, line };
    const record = toObject(text, known, place);
    const { query, docs, clicks, count = 1 } = record;
    if (typeof query !== 'string') throw new DataError('"query" must be a text', place);
    if (!isArrayOf(docs, isText)) throw new DataError('"docs" must be a list of texts', place);
    if (!isArrayOf(clicks, isNumber)) throw new DataError('"clicks" must be a list of numbers', place);
    if (!isNumber(count)) throw new DataError('"count" must be a number', place);
    const [shownIn, policy] = [context, 'policy'].map((key) => textOf(record, key, place));
    yield { query, docs, clicks, count, line, ...(shownIn !== undefined && { context: shownIn }), ...(policy !== undefined && { policy }) };
  }
}

function toObject(text: string, known: readonly string[], place: { file: string; line: number }): Record<string, unknown> {
  checkJsonDepth(text, place);
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new DataError('not JSON; expected one object on each line', place);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new DataError('expected an object on each line', place);
  for (const key of Object.keys(value))
    if (!known.includes(key))
      throw new DataError(`unknown key ${shownText(key)}${nearName(key, known) || ';'} known: ${known.join(', ')}`, place);
  checkKeysDiffer(text, value, place);
  return value as Record<string, unknown>;
}

const isText = (x: unknown): x is string => typeof x === 'string';
const isNumber = (x: unknown): x is number => typeof x === 'number';

function isArrayOf<T>(value: unknown, is: (x: unknown) => x is T): value is T[] {
  return Array.isArray(value) && value.every(is);
}
