import { randomBytes } from 'node:crypto';
import { closeSync, createWriteStream, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as otherWork } from 'node:timers/promises';
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
  try {
    if (options.gzip ?? path.endsWith('.gz'))
      await pipeline(Readable.from(gathered(chunks), { objectMode: true }), createGzip(), createWriteStream(temporary, { flags: 'wx' }));
    else await writePlain(temporary, chunks);
    renameSync(temporary, path);
  } catch (error) {
    try {
      rmSync(temporary, { force: true });
    } catch {} // the first error is the one to report
    throw isOwnFault(error, temporary) ? new UsageError(`cannot write "${path}": ${systemReason(error)}`) : error;
  }
}

const pieceLength = 1 << 16; // letters that are gathered for a write
const turnLength = 1 << 22; //  letters or bytes between two turns of other work

/** Texts joined until they are worth a write; bytes as they are. */
async function* gathered(chunks: Chunks): AsyncGenerator<string | Uint8Array> {
  let text = '';
  for await (const chunk of chunks) {
    if (typeof chunk === 'string') text += chunk;
    if (typeof chunk === 'string' && text.length < pieceLength) continue;
    if (text !== '') yield text;
    text = '';
    if (typeof chunk !== 'string') yield chunk;
  }
  if (text !== '') yield text;
}

/** Piece by piece at once, without the threads of Node's streams: a run writes many small files. Signals and timers get their turn between. */
async function writePlain(path: string, chunks: Chunks): Promise<void> {
  const file = openSync(path, 'wx');
  try {
    let sinceTurn = 0;
    for await (const piece of gathered(chunks)) {
      writeFileSync(file, piece); // all of it, after the last one
      sinceTurn += piece.length;
      if (sinceTurn < turnLength) continue;
      sinceTurn = 0;
      await otherWork();
    }
  } finally {
    closeSync(file);
  }
}

/** An error of the operating system about the file we write, as against one about whatever `chunks` reads. */
function isOwnFault(error: unknown, temporary: string): error is NodeJS.ErrnoException {
  return isSystemError(error) && (error.path === temporary || error.syscall === 'write');
}
