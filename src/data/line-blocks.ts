import { DataError } from '../errors.ts';
import { type ByteSource, byteSource } from './byte-source.ts';
import { shownText } from './decimal.ts';
import { readFault } from './reading.ts';

const [newline, carriageReturn] = [10, 13];
const byteOrderMark = Buffer.of(0xef, 0xbb, 0xbf);
const markedLine = Buffer.of(newline, ...byteOrderMark);
/** Only a file that is not text has longer lines; without a bound such a file would fill the memory. */
const longestLine = 1 << 26;
const blockSize = 1 << 19;
/** Bytes behind a block that may be read, though they mean nothing: a scanner of whole words needs no bounds check either. */
export const PADDING = 8;
/** What is wrong with a "\r" that is no part of a line end. */
export const strayReturn = 'a carriage return within the line; end lines with "\\n" or "\\r\\n"';

/** Where the first "\r" is that no "\n" follows; −1 without one. */
export function strayReturnAt(block: Buffer): number {
  let at = block.indexOf(carriageReturn);
  while (at >= 0 && block[at + 1] === newline) at = block.indexOf(carriageReturn, at + 2);
  return at;
}

/** Memory for a block: `lead` bytes for the line that the block before left unfinished, then what is read. */
interface Room {
  readonly bytes: Buffer;
  readonly lead: number;
}
const room = (lead: number): Room => ({ bytes: Buffer.alloc(lead + blockSize + PADDING), lead });
const fill = ({ bytes, lead }: Room, source: ByteSource) => source.fill(bytes.subarray(lead, lead + blockSize));

/**
 * A file, plain or gzip, or a pipe, as blocks of whole lines: every block is non-empty and ends in "\n" (added at the end of the file where
 * missing), so that a scanner needs no bounds checks. A block holds until the next is asked for: while
 * one is looked at, the next is read into other memory.
 * @throws UsageError for a file that cannot be read, DataError for damaged gzip, bytes that are not UTF-8, a line above 64 MiB, or a byte
 *   order mark before a line that is not the first: it would become part of an id
 */
export async function* lineBlocks(path: string): AsyncGenerator<Buffer> {
  const source = await byteSource(path);
  let pending: Promise<number> = Promise.resolve(0);
  let [current, other] = [room(1 << 16), room(1 << 16)];
  let unfinished = 0; // bytes before the lead of `current` that belong to it
  try {
    pending = fill(current, source);
    for (let length = await pending; length > 0; length = await pending) {
      const { bytes, lead } = current;
      const start = lead - unfinished;
      const end = lead + length;
      const last = bytes.subarray(lead, end).lastIndexOf(newline); // what is unfinished has no line end
      const whole = last >= 0 ? lead + last + 1 : start; // up to here lines are whole
      unfinished = end - whole;
      if (unfinished > longestLine) throw new DataError('a line of more than 64 MiB; is this a text file?', { file: path });
      if (unfinished > other.lead) other = room(2 * unfinished);
      bytes.copy(other.bytes, other.lead - unfinished, whole, end);
      pending = fill(other, source);
      if (whole > start) yield checkNoMark(bytes.subarray(start, whole), path);
      [current, other] = [other, current];
    }
  } catch (error) {
    throw readFault(path, error);
  } finally {
    await pending.catch(() => 0);
    await source.close();
  }
  if (unfinished === 0) return;
  const { bytes, lead } = current;
  bytes[lead] = newline;
  yield checkNoMark(bytes.subarray(lead - unfinished, lead + 1), path);
}

function checkNoMark(block: Buffer, file: string): Buffer {
  const within = block.indexOf(markedLine);
  if (within < 0 && !block.subarray(0, byteOrderMark.length).equals(byteOrderMark)) return block;
  const start = within + 1 + byteOrderMark.length;
  const line = shownText(block.toString('utf8', start, block.indexOf(newline, start)));
  throw new DataError(`a byte order mark before the line ${line}; if files were joined here, take it out`, { file });
}

/** The lines of {@link lineBlocks} as text, with their 1-based numbers; no line ends. @throws DataError on a carriage return within one */
export async function* textLines(path: string): AsyncGenerator<{ text: string; line: number }> {
  let line = 0;
  for await (const block of lineBlocks(path)) {
    for (let start = 0; start < block.length; ) {
      const end = block.indexOf(newline, start);
      line++;
      const text = block.toString('utf8', start, end > start && block[end - 1] === 13 ? end - 1 : end);
      if (text.includes('\r')) throw new DataError(strayReturn, { file: path, line });
      yield { text, line };
      start = end + 1;
    }
  }
}
