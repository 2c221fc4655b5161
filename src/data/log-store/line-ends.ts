import { DataError } from '../../errors.ts';
import { textChunks } from '../byte-source.ts';
import type { LogSource } from './log-source.ts';

const [quote, newline, carriageReturn] = [34, 10, 13];
const names = { '\n': '"\\n"', '\r\n': '"\\r\\n"', '\r': '"\\r"' } as const;
type LineEnd = keyof typeof names;

/** Why the database gave up on a CSV file, where that is for lines that end in several ways, with the first line that does; else the error itself. */
export async function lineEndFault({ path, form, packed }: Pick<LogSource, 'path' | 'form' | 'packed'>, error: unknown): Promise<unknown> {
  if (form !== 'csv' || !(error instanceof DataError) || !/state machine/.test(error.message)) return error;
  if (packed === 'zstd')
    return new DataError('cannot be read: do its lines end in several ways? end all in one', { file: path }, { cause: error });
  const ends = await firstOtherEnd(path);
  if (ends === null) return error;
  const { line, first, other } = ends;
  const wayOut = `end all in one way, say by ${[first, other].includes('\r\n') ? 'sed "s/\\r$//"' : 'tr "\\r" "\\n"'}`;
  return new DataError(
    `the line ends in ${names[other]}, and those before it in ${names[first]}; ${wayOut}`,
    { file: path, line },
    { cause: error },
  );
}

/** The first line that ends otherwise than the first does; line ends within quotes are none. */
async function firstOtherEnd(path: string): Promise<{ readonly line: number; readonly first: LineEnd; readonly other: LineEnd } | null> {
  let [line, isQuoted, afterReturn] = [1, false, false];
  let first: LineEnd | null = null;
  for await (const chunk of textChunks(path))
    for (const byte of chunk) {
      const end: LineEnd | null = afterReturn ? (byte === newline ? '\r\n' : '\r') : byte === newline && !isQuoted ? '\n' : null;
      if (end !== null) {
        first ??= end;
        if (end !== first) return { line, first, other: end };
      }
      if (byte === quote) isQuoted = !isQuoted;
      afterReturn = byte === carriageReturn && !isQuoted;
      if (end === '\r' || byte === newline) line++;
    }
  return null;
}
