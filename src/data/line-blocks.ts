import { DataError } from '../errors.ts';
import { openBytes, readFault } from './open-bytes.ts';

const newline = 10;
const byteOrderMark = Buffer.of(0xef, 0xbb, 0xbf);
/** Only a file that is not text has longer lines; without a bound such a file would fill the memory. */
const longestLine = 1 << 26;

/**
 * A file, plain or gzip, as blocks of whole lines: every block is non-empty and ends in "\n" (added at the end of the file where missing),
 * so that a scanner needs no bounds checks. A leading byte order mark is dropped.
 * @throws UsageError for a file that cannot be read, DataError for damaged gzip or a line above 64 MiB
 */
export async function* lineBlocks(path: string): AsyncGenerator<Buffer> {
  const stream = await openBytes(path);
  let rest: Buffer = Buffer.alloc(0); // an unfinished line
  let first = true;
  try {
    for await (const chunk of stream as AsyncIterable<Buffer>) {
      let bytes = rest.length > 0 ? Buffer.concat([rest, chunk]) : chunk;
      if (first && bytes.length < 3) {
        rest = bytes;
        continue;
      }
      if (first && bytes.subarray(0, 3).equals(byteOrderMark)) bytes = bytes.subarray(3);
      first = false;
      const end = bytes.lastIndexOf(newline) + 1;
      rest = bytes.subarray(end);
      if (rest.length > longestLine) throw new DataError('a line of more than 64 MiB; is this a text file?', { file: path });
      if (end > 0) yield bytes.subarray(0, end);
    }
  } catch (error) {
    throw readFault(path, error);
  } finally {
    stream.destroy();
  }
  if (rest.length > 0) yield Buffer.concat([rest, Buffer.of(newline)]);
}

/** The lines of {@link lineBlocks} as text, with their 1-based numbers; no line ends. */
export async function* textLines(path: string): AsyncGenerator<{ text: string; line: number }> {
  let line = 0;
  for await (const block of lineBlocks(path)) {
    for (let start = 0; start < block.length; ) {
      const end = block.indexOf(newline, start);
      line++;
      yield { text: block.toString('utf8', start, end > start && block[end - 1] === 13 ? end - 1 : end), line };
      start = end + 1;
    }
  }
}
