import { randomBytes } from 'node:crypto';
import { lstat, mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { makeFolder } from '../../src/data/make-folder.ts';
import { syncFolder, syncTree } from '../../src/data/sync.ts';
import { cannot, isSystemError } from '../../src/data/system-error.ts';
import { unfinished } from '../../src/data/unfinished.ts';
import { type WriteOptions, writeAtomic } from '../../src/data/write-atomic.ts';
import { UsageError } from '../../src/errors.ts';

const exists = async (path: string): Promise<boolean> => (await lstat(path).catch(() => null)) !== null;

/** @throws UsageError when there is something at the path: nothing is ever overwritten */
async function checkFree(path: string): Promise<void> {
  if (await exists(path)) throw new UsageError(`"${path}" exists; nothing is overwritten: name another place, or move it away`);
}

/**
 * What work asks before it starts of each file or folder that it will make: the path is free, and the nearest folder above it that there is
 * may be written to.
 * @throws UsageError where not
 */
export async function checkWritable(path: string): Promise<void> {
  await checkFree(path);
  await checkBelow(dirname(resolve(path)), path);
}

/** {@link checkWritable} for a folder that is added to where there is one. */
export const checkAddable = (folder: string): Promise<void> => checkBelow(resolve(folder), folder);

async function checkBelow(start: string, path: string): Promise<void> {
  let above = start;
  while (!(await exists(above)) && above !== dirname(above)) above = dirname(above);
  try {
    if (!(await stat(above)).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
    if (
      relative(above, resolve(path))
        .split(sep)
        .some((part) => Buffer.byteLength(part) > longestName)
    )
      throw Object.assign(new Error(), { code: 'ENAMETOOLONG' });
    await rm(await mkdtemp(join(above, '.counterrank-')), { recursive: true }); // `access` alone says yes to root on a read-only disk
  } catch (error) {
    cannot(`write "${path}"`)(error);
  }
}

/**
 * Writes a file, and makes the folders above it; `write` takes the path only where it is free.
 * @throws UsageError when the path is taken, by another process too, or cannot be written
 */
export async function writeNewFile(path: string, write: (options: WriteOptions) => Promise<void>): Promise<void> {
  await makeFolder(dirname(path)).catch(cannot(`write "${path}"`));
  await write({ replace: false });
}

/** {@link writeNewFile} for a text. */
export const writeNewText = (path: string, text: string): Promise<void> =>
  writeNewFile(path, (options) => writeAtomic(path, text, options));

/** Bytes of a name that leave room, of the 255 of file systems, for what a partial folder adds. */
const longestName = 230;

/** The path itself, or the first of path-2, path-3 … that is free. */
export async function nextFree(path: string): Promise<string> {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? path : `${path}-${n}`;
    if (!(await exists(candidate))) return candidate;
  }
}

/** How a folder is written. */
export interface WriteFolderOptions {
  /** Start of the partial folder's name, on the same disk; by default the folder's own. */
  readonly staging?: string;
  /** A folder above that must be there. */
  readonly within?: string;
  /** Where the path is taken: path-2, path-3 … */
  readonly numbered?: boolean;
}

/**
 * Makes a folder as a whole: `fill` writes into a folder beside it, which is synced and gets the name once it is complete. Of several
 * processes that write under one name each gets its own (numbered), or all but one are refused.
 * Whatever fails, nothing is left at the path or beside it; nor where the process is interrupted or told to end.
 * @returns the path
 * @throws UsageError when the path is taken, or cannot be written
 */
export async function writeFolder(
  folder: string,
  fill: (partial: string) => Promise<void>,
  { staging = folder, within, numbered = false }: WriteFolderOptions = {},
): Promise<string> {
  const partial = `${staging}.${randomBytes(4).toString('hex')}.partial`;
  const done = unfinished(partial);
  try {
    await makeFolder(dirname(folder), within);
    await makeFolder(dirname(staging), within);
    await mkdir(partial);
    await fill(partial);
    await syncTree(partial);
    const path = await putInto(partial, folder, numbered);
    syncFolder(dirname(path));
    return path;
  } catch (error) {
    await rm(partial, { recursive: true, force: true, maxRetries: 10, retryDelay: 10 }).catch(() => undefined); // the first error is the one to tell
    return cannot(`write "${folder}"`)(error);
  } finally {
    done();
  }
}

/** A folder that is not empty is never replaced: of those who want a name at the same moment one gets it. */
async function putInto(partial: string, folder: string, numbered: boolean): Promise<string> {
  for (;;) {
    const path = numbered ? await nextFree(folder) : folder;
    if (!numbered) await checkFree(path);
    try {
      await rename(partial, path);
      return path;
    } catch (error) {
      if (!isSystemError(error) || !['EEXIST', 'ENOTEMPTY'].includes(error.code ?? '')) throw error;
    }
  }
}
