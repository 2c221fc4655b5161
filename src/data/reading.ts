import { DataError, UsageError } from '../errors.ts';
import { isSystemError, systemReason } from './system-error.ts';

/** What `read` gives; whatever it throws that is not ours becomes ours and names the file. */
export async function reading<T>(file: string, read: () => Promise<T>): Promise<T> {
  return read().catch((error: unknown) => {
    throw readFault(file, error);
  });
}

/** {@link reading} for rows that come one by one. */
export async function* readingEach<T>(file: string, rows: AsyncIterable<T>): AsyncGenerator<T> {
  try {
    yield* rows;
  } catch (error) {
    throw readFault(file, error);
  }
}

/**
 * What to throw for an error met while reading `file`: our own as they are, a UsageError for a file that cannot be read, a DataError for
 * whatever else a parser, zlib or a database says of what is in it.
 */
export function readFault(file: string, error: unknown): Error {
  if (error instanceof UsageError || error instanceof DataError) return error;
  if (!isSystemError(error)) return new DataError(firstLine(error), { file }, { cause: error });
  if (error.code === 'Z_BUF_ERROR')
    return new DataError('truncated gzip: the compressed data ends too early; fetch the file again', { file }, { cause: error });
  if (error.code?.startsWith('Z_'))
    return new DataError(`damaged gzip: ${error.message}; fetch the file again`, { file }, { cause: error });
  if (error.syscall === undefined) return new DataError(firstLine(error), { file }, { cause: error }); // of a library
  return new UsageError(`cannot read "${file}": ${systemReason(error)}`);
}

/** What an error says, without the rest of the story. */
export function firstLine(error: unknown): string {
  const [line] = (error instanceof Error ? error.message : String(error)).split('\n');
  return line.length > 300 ? `${line.slice(0, 300)}…` : line;
}
