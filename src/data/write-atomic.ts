import { randomBytes } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { UsageError } from '../errors.ts';
import { isSystemError, systemReason } from './system-error.ts';

export type Chunks = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/**
 * Writes a file so that a reader sees the old content or the new, never half of it: written to a temporary name beside, then renamed.
 * Whatever fails, the temporary file is removed and an existing file at `path` stays as it was.
 * @throws UsageError when the place cannot be written (folder missing, no right to, disk full)
 */
export function writeAtomic(path: string, data: string | Uint8Array): Promise<void> {
  return writeAtomicStream(path, [data]);
}

/**
 * {@link writeAtomic} for content made piece by piece; an error thrown by `chunks` is passed on as it is.
 * @param options.gzip compress; by default when `path` ends in .gz
 */
export async function writeAtomicStream(path: string, chunks: Chunks, options: { gzip?: boolean } = {}): Promise<void> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
  const source = Readable.from(chunks, { objectMode: true });
  const sink = createWriteStream(temporary, { flags: 'wx' });
  try {
    if (options.gzip ?? path.endsWith('.gz')) await pipeline(source, createGzip(), sink);
    else await pipeline(source, sink);
    await rename(temporary, path);
  } catch (error) {
    await rm(temporary, { force: true }).catch(() => {}); // the first error is the one to report
    throw isOwnFault(error, temporary) ? new UsageError(`cannot write "${path}": ${systemReason(error)}`) : error;
  }
}

/** An error of the operating system about the file we write, as against one about whatever `chunks` reads. */
function isOwnFault(error: unknown, temporary: string): error is NodeJS.ErrnoException {
  return isSystemError(error) && (error.path === temporary || error.syscall === 'write');
}
