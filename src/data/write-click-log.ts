import { UsageError } from '../errors.ts';
import { hasBlank } from './blanks.ts';
import type { ClickLog } from './click-log.ts';
import { clickLogFormat, type LogIds } from './click-log-format.ts';
import { writeParquetLog } from './click-log-parquet.ts';
import { columnsOf } from './list-columns.ts';
import { writeAtomicStream } from './write-atomic.ts';

/**
 * Writes a click log in the form that the ending of the path says (see `readClickLog`), one line per row, gzip where .gz follows.
 * Contexts and policies, where the log has them, are columns `context` and `policy` of their numbers, or the column of
 * `set.context`. Read back, it has the same rows; lists without rows are gone and the others are in the order in which rows first name them.
 * @throws UsageError for another ending or one of SVMlight, an id that CSV cannot hold, or a place that cannot be written; nothing is written then
 */
export async function writeClickLog(path: string, log: ClickLog, set: LogIds): Promise<void> {
  const format = clickLogFormat(path);
  if (format === 'svmlight') throw new UsageError(`cannot write "${path}": SVMlight cannot hold counted sessions; write .jsonl or .csv`);
  if (format === 'parquet') return writeParquetLog(path, log, set);
  await writeAtomicStream(path, format === 'csv' ? csvLines(log, set) : jsonLines(log, set));
}

function* jsonLines(log: ClickLog, set: LogIds): Generator<string> {
  const ofLists = columnsOf(log, set);
  const heads = new Map<number, string>();
  for (let r = 0; r < log.list.length; r++) {
    const l = log.list[r];
    const head = heads.get(l) ?? `{"query":${JSON.stringify(set.queryIds[log.queries[l]])},"docs":${JSON.stringify(idsOf(log, set, l))}`;
    heads.set(l, head);
    const further = ofLists.map(({ name, textOf }) => `,${JSON.stringify(name)}:${JSON.stringify(textOf(l))}`).join('');
    yield `${head}${further},"clicks":[${clicksOf(log, r).join(',')}],"count":${log.count[r]}}\n`;
  }
}

function* csvLines(log: ClickLog, set: LogIds): Generator<string> {
  const ofLists = columnsOf(log, set);
  yield `${['query', 'docs', 'clicks', 'count', ...ofLists.map(({ name }) => cell(name))].join(',')}\n`;
  const heads = new Map<number, string>();
  for (let r = 0; r < log.list.length; r++) {
    const l = log.list[r];
    const head = heads.get(l) ?? `${cell(set.queryIds[log.queries[l]])},${cell(spaced(idsOf(log, set, l)))}`;
    heads.set(l, head);
    yield `${head},${clicksOf(log, r).join(' ')},${digits(log.count[r])}${ofLists.map(({ textOf }) => `,${cell(textOf(l))}`).join('')}\n`;
  }
}

const idsOf = ({ docs, offsets }: ClickLog, set: LogIds, l: number) =>
  Array.from(docs.subarray(offsets[l], offsets[l + 1]), (doc) => set.docIds[doc]);
const clicksOf = ({ clicks, clickOffsets }: ClickLog, r: number) => clicks.subarray(clickOffsets[r], clickOffsets[r + 1]);

function spaced(ids: readonly string[]): string {
  const odd = ids.find((id) => id === '' || hasBlank(id));
  if (odd !== undefined)
    throw new UsageError(`document id ${JSON.stringify(odd)} is empty or has a blank, which CSV cannot hold; write .jsonl`);
  return ids.join(' ');
}

/** Without an exponent, which the reader takes for a slip. */
function digits(count: number): string {
  const text = String(count);
  if (!text.includes('e')) return text;
  return count >= 1 ? BigInt(count).toString() : count.toFixed(100).replace(/0+$/, '');
}

/** RFC 4180; blanks around would be left out without quotes. */
const cell = (text: string) => (/[",\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
