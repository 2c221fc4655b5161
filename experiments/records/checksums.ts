import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { readRegular } from '../../src/data/read-regular.ts';
import { isSystemError, systemReason } from '../../src/data/system-error.ts';
import { DataError, UsageError } from '../../src/errors.ts';

/** What a file held when it was written. */
export interface Checksum {
  readonly bytes: number;
  readonly sha256: string; // hexadecimal
}

/** Of the files of a folder, by path within it. */
export type Checksums = Readonly<Record<string, Checksum>>;

/** Checksums of all that a folder holds. */
export async function checksumsOf(folder: string): Promise<Checksums> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath ?? entry.path, entry.name)).replaceAll(sep, '/'));
  const sums: Record<string, Checksum> = {};
  for (const name of names.sort()) sums[name] = await checksum(join(folder, name));
  return sums;
}

/** The end of a sentence about a run folder that is not as it was written. */
export const damaged = 'the run was damaged: repeat it, or leave it out';

/** A file of a run folder, as it was written. @throws UsageError where it cannot be read, DataError where it is missing or has changed since */
export async function readStoredFile(folder: string, name: string, sums: Checksums): Promise<string> {
  const file = join(folder, name);
  const bytes = await readRegular(file, damaged).catch((error: unknown) => {
    throw readingFault(file, error);
  });
  const known = Object.hasOwn(sums, name) ? sums[name] : null;
  if (known !== null && known.sha256 !== createHash('sha256').update(bytes).digest('hex')) throw changed(file);
  return bytes.toString('utf8');
}

/** @throws DataError for the first file that is missing or has changed since it was written */
export async function checkFiles(folder: string, sums: Checksums): Promise<void> {
  for (const [name, { bytes, sha256 }] of Object.entries(sums)) {
    const file = join(folder, name);
    try {
      const there = await stat(file);
      if (!there.isFile() || there.size !== bytes || (await checksum(file)).sha256 !== sha256) throw changed(file);
    } catch (error) {
      throw readingFault(file, error);
    }
  }
}

/** A file that every run folder has is not there. */
export const missingFile = (file: string) =>
  new DataError('is missing: the run was damaged, or is of an older counterrank; repeat it, or leave it out', { file });
const changed = (file: string) => new DataError(`has changed since it was written; ${damaged}`, { file });

function readingFault(file: string, error: unknown): unknown {
  if (!isSystemError(error)) return error;
  if (['ENOENT', 'ENOTDIR', 'EISDIR'].includes(error.code ?? '')) return missingFile(file);
  return new UsageError(`cannot read "${file}": ${systemReason(error)}`);
}

async function checksum(file: string): Promise<Checksum> {
  const hash = createHash('sha256');
  let bytes = 0;
  await pipeline(createReadStream(file), async (pieces: AsyncIterable<Buffer>) => {
    for await (const piece of pieces) {
      bytes += piece.length;
      hash.update(piece);
    }
  });
  return { bytes, sha256: hash.digest('hex') };
}
