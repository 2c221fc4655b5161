import { randomBytes } from 'node:crypto';
import { closeSync, linkSync, lstatSync, openSync, realpathSync, renameSync, rmSync, type Stats, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { setImmediate as otherWork } from 'node:timers/promises';
import { createGzip } from 'node:zlib';
import { UsageError } from '../errors.ts';
import { syncFile, syncFolder } from './sync.ts';
import { isSystemError, systemReason } from './system-error.ts';
import { unfinished, unfinishedAbove } from './unfinished.ts';

export type Chunks = Iterable<string | Uint8Array> | AsyncIterable<string | Uint8Array>;

/** How a file is written. */
export interface WriteOptions {
  readonly gzip?: boolean; //    compress; by default when the name ends in .gz
  readonly replace?: boolean; // an existing file; by default yes
}

/**
 * Writes a file so that a reader sees the old content or the new, never half of it, also after a loss of power: written to a temporary name
 * beside, synced, then renamed. Whatever fails, and where the process is told to end, the temporary file is removed and an existing file at
 * `path` stays as it was.
 * @throws UsageError when the place cannot be written (folder missing, no right to, disk full), or is taken and must not be replaced
 */
export function writeAtomic(path: string, data: string | Uint8Array, options: WriteOptions = {}): Promise<void> {
  return writeAtomicStream(path, [data], options);
}

/** {@link writeAtomic} for content made piece by piece; an error thrown by `chunks` is passed on as it is. */
export async function writeAtomicStream(path: string, chunks: Chunks, options: WriteOptions = {}): Promise<void> {
  const { gzip = path.endsWith('.gz'), replace = true } = options;
  await putInPlace(path, replace, (temporary) => (gzip ? writeGzip : writePlain)(temporary, chunks));
}

/**
 * Gives `path` what `write` puts under a temporary name, as a whole or not at all.
 * @throws UsageError for an error of the system about the file
 */
export async function putInPlace(path: string, replace: boolean, write: (temporary: string) => Promise<void>): Promise<void> {
  const place = placeOf(path);
  const temporary = `${place}.${randomBytes(6).toString('hex')}.tmp`;
  const done = unfinished(temporary);
  try {
    await write(temporary);
    if (replace) renameSync(temporary, place);
    else renameIfFree(temporary, place);
    if (unfinishedAbove(path) === undefined) syncFolder(dirname(path));
  } catch (error) {
    throw isOwnFault(error, temporary, place, dirname(path)) ? new UsageError(`cannot write "${path}": ${systemReason(error)}`) : error;
  } finally {
    try {
      rmSync(temporary, { force: true });
    } catch {} // the first error is the one to report
    done();
  }
}

/** What systems say of disks without hard links. */
const withoutLinks = new Set(['EPERM', 'ENOSYS', 'ENOTSUP', 'EOPNOTSUPP']);

/** @throws the system's error where something has the name: a link never takes the place of another, nor does a file that must be new */
function renameIfFree(temporary: string, place: string): void {
  try {
    linkSync(temporary, place);
  } catch (error) {
    if (!isSystemError(error) || !withoutLinks.has(error.code ?? '')) throw error;
    closeSync(openSync(place, 'wx'));
    renameSync(temporary, place);
  }
}

/** The file that a path names, behind links. @throws UsageError for a device or a pipe: a file would take its place */
function placeOf(path: string): string {
  let there: Stats | undefined;
  try {
    there = statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    throw isSystemError(error) ? new UsageError(`cannot write "${path}": ${systemReason(error)}`) : error;
  }
  if (there === undefined) return path;
  if (!there.isFile() && !there.isDirectory()) throw new UsageError(`cannot write "${path}": it is a device or a pipe; name a file`);
  return lstatSync(path).isSymbolicLink() ? realpathSync(path) : path;
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
    if (unfinishedAbove(path) === undefined) syncFile(file);
  } finally {
    closeSync(file);
  }
}

const writeGzip = (path: string, chunks: Chunks): Promise<void> =>
  pipeline(Readable.from(gathered(chunks), { objectMode: true }), createGzip(), (compressed: AsyncIterable<Uint8Array>) =>
    writePlain(path, compressed),
  );

/** An error of the operating system about what we write, as against one about whatever `chunks` reads. */
function isOwnFault(error: unknown, ...paths: readonly string[]): error is NodeJS.ErrnoException {
  if (!isSystemError(error)) return false;
  return paths.includes(error.path ?? '') || ['write', 'fsync', 'close'].includes(error.syscall ?? '');
}
