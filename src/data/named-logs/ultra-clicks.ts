import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DataError, UsageError } from '../../errors.ts';
import { trimBlanks } from '../blanks.ts';
import { clickOf } from '../click-value.ts';
import { decimalOf, shownText } from '../decimal.ts';
import { textLines } from '../line-blocks.ts';
import { addSession } from './add-session.ts';
import { leaveOut, type NamedLogFormat, type NamedLogReading, sessionUnit } from './named-log-format.ts';

/**
 * A part of an ULTRA folder whose labels are clicks, such as NTCIR's ULTRE has them: `train/train.init_list` has a list on each line and `train.labels` its clicks. ULTRA's lists are
 * `qid` and places in `train.feature`, from 0, whose lines begin with the ids of documents, −1 where a list is filled up; ULTRE's are `qid:` and ids of documents.
 * The folder is that of the part, or the one with `settings.json` above it, of which the part `train` is read.
 */
export const ultraClicks: NamedLogFormat = {
  description: 'ULTRA, or ULTRE of NTCIR: a folder with train/train.init_list, train.labels that are clicks, and train.feature',
  contexts: [],
  isFolder: (names) => names.some((name) => name.endsWith('.init_list')) && names.some((name) => name.endsWith('.labels')),
  read: (reading) => readLists(reading),
};

/** Path of the files of the part, without their endings. */
async function partOf(path: string): Promise<string> {
  for (const folder of [path, join(path, 'train')]) {
    const part = join(folder, basename(folder));
    if ((await stat(`${part}.init_list`).catch(() => null))?.isFile()) return part;
  }
  throw new UsageError(
    `"${path}" has neither ${basename(path)}.init_list nor train/train.init_list; name the folder of a part of ULTRA data`,
  );
}

/** A line of words with blanks between, the first of them split behind its colon where it has one. */
interface Line {
  readonly query: string;
  readonly words: readonly string[];
  readonly line: number;
}

/** Lines of lists or labels. */
export async function* linesOf(file: string): AsyncGenerator<Line> {
  for await (const { text, line } of textLines(file)) {
    const trimmed = trimBlanks(text);
    if (trimmed === '') continue;
    const [first, ...words] = trimmed.split(/[ \t]+/);
    const colon = first.indexOf(':');
    if (colon < 0) yield { query: first, words, line };
    else yield { query: first.slice(0, colon), words: [first.slice(colon + 1), ...words].filter((word) => word !== ''), line };
  }
}

async function readLists(reading: NamedLogReading): Promise<void> {
  const part = await partOf(reading.path);
  const labels = linesOf(`${part}.labels`);
  try {
    await readPairs(reading, part, labels);
    if ((await labels.next()).done !== true) throw new DataError('has more lines than the lists', { file: `${part}.labels` });
  } finally {
    await labels.return(undefined);
  }
}

async function readPairs(reading: NamedLogReading, part: string, labels: AsyncGenerator<Line>): Promise<void> {
  const file = `${part}.init_list`;
  const ids = (await hasColon(file)) ? null : await documentIds(`${part}.feature`); // null: lists are of ids
  for await (const { query, words, line } of linesOf(file)) {
    const clicks = (await labels.next()).value as Line | undefined;
    const found = ids === null ? words : placesOf(words, ids);
    const fault = faultOf({ file, query, line }, found, clicks, `${part}.labels`);
    if (fault !== null) leaveOut(reading, sessionUnit, 'that break the form', () => fault);
    else {
      const shown = (found ?? []).flatMap((id, k) => (id === null ? [] : [{ id, click: clickOf(clicks?.words[k]) ?? 0 }]));
      addSession({ ...reading, path: file }, { query, docs: shown.map(({ id }) => id), clicks: shown.map(({ click }) => click), line });
    }
  }
}

/** Whether lists are of ids, as ULTRE's are. */
export async function hasColon(file: string): Promise<boolean> {
  for await (const { text } of textLines(file)) if (trimBlanks(text) !== '') return /^[^ \t]*:/.test(trimBlanks(text));
  return false;
}

/** Ids of documents by the places of their features. */
export async function documentIds(file: string): Promise<string[]> {
  const ids: string[] = [];
  for await (const { text } of textLines(file)) ids.push(trimBlanks(text).split(/[ \t]/, 1)[0]);
  return ids;
}

/** Ids of places, null for −1; null as a whole where one is no place. */
function placesOf(words: readonly string[], ids: readonly string[]): (string | null)[] | null {
  const found = words.map((word) => (word === '-1' ? null : ids[decimalOf(word, 'whole')]));
  return found.includes(undefined as never) ? null : found;
}

function faultOf(
  { file, query, line }: { readonly file: string; readonly query: string; readonly line: number },
  found: readonly (string | null)[] | null,
  clicks: Line | undefined,
  labels: string,
): DataError | null {
  if (found === null) return new DataError('a list has a place that no line of the features is at', { file, line });
  if (clicks === undefined) return new DataError('a list without a line of labels', { file, line });
  const place = { file: labels, line: clicks.line };
  if (clicks.query !== query)
    return new DataError(`labels of query ${shownText(clicks.query)}, where the list is of ${shownText(query)}`, place);
  if (clicks.words.length !== found.length)
    return new DataError(`${clicks.words.length} labels for a list of ${found.length} documents`, place);
  const odd = clicks.words.find((label) => Number.isNaN(decimalOf(label, '0 or 1')));
  return odd === undefined
    ? null
    : new DataError(`label ${shownText(odd)} is no click, which is 0 or 1; judgments are no click log`, place);
}
