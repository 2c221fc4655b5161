import { openBytes } from '../open-bytes.ts';

const [quote, newline, carriageReturn] = [34, 10, 13];

/** A record of a CSV file: where it starts, in bytes from 0, and at which line. */
interface RecordPlace {
  readonly start: number;
  readonly line: number;
}

type State = 'start of cell' | 'in cell' | 'in quotes' | 'behind quotes' | 'broken';

/**
 * Where the records of a CSV file start, the header among them, by the rules of the database: a quote opens only at the start of a cell, behind one that closes stands the end
 * of the cell, else the record ends with its line. Blank lines are passed over. Bytes are those of the file with gzip unpacked, a byte order mark among them.
 * @param separator a letter
 */
async function* csvRecordPlaces(path: string, separator: string): AsyncGenerator<RecordPlace> {
  const divider = Buffer.from(separator)[0]; // of a letter of several bytes the first is enough to tell the end of a cell
  let [at, line, start, startLine] = [0, 1, 0, 1];
  let state = 'start of cell' as State;
  let afterReturn = false;
  for await (const chunk of (await openBytes(path)) as AsyncIterable<Buffer>)
    for (const byte of chunk) {
      const isSecond = byte === newline && afterReturn; // of a line end of two bytes
      const endsLine = byte === carriageReturn || (byte === newline && !isSecond);
      if (endsLine) line++;
      afterReturn = byte === carriageReturn;
      at++;
      if (byte === quote && state === 'in quotes') state = 'behind quotes';
      else if (state === 'in quotes') continue;
      else if (isSecond) [start, startLine] = [at, line];
      else if (endsLine) {
        if (at - 1 > start) yield { start, line: startLine };
        [start, startLine, state] = [at, line, 'start of cell'];
      } else if (byte === quote && (state === 'start of cell' || state === 'behind quotes')) state = 'in quotes';
      else if (byte === divider && state !== 'broken') state = 'start of cell';
      else state = state === 'behind quotes' || state === 'broken' ? 'broken' : 'in cell';
    }
  if (at > start) yield { start, line: startLine };
}

/**
 * Lines of the records of a CSV file in turn, but for the header, and of which of the broken ones each is; absent: of none.
 * @param broken bytes from 1, in rising order, by which the database calls broken records: each that of its start, or of a line end or blank line before it
 */
export async function* csvRecordLines(
  path: string,
  separator: string,
  broken: readonly number[],
): AsyncGenerator<{ readonly line: number; readonly broken?: number }> {
  let [next, isHead] = [0, true];
  for await (const { start, line } of csvRecordPlaces(path, separator)) {
    const first = next;
    while (next < broken.length && broken[next] - 1 <= start) next++;
    if (next > first) yield { line, broken: first };
    else if (!isHead) yield { line };
    isHead = false;
  }
}
