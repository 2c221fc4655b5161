import { randomBytes } from 'node:crypto';
import { mkdir, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { isSystemError, systemReason } from '../../src/data/system-error.ts';
import { UsageError } from '../../src/errors.ts';

const exists = async (path: string): Promise<boolean> => (await stat(path).catch(() => null)) !== null;

/** @throws UsageError when there is something at the path: nothing is ever overwritten */
export async function checkFree(folder: string): Promise<void> {
  if (await exists(folder))
    throw new UsageError(`"${folder}" exists; nothing is overwritten: name another folder with --out, or move it away`);
}

/** The path itself, or the first of path-2, path-3 … that is free. */
export async function nextFree(path: string): Promise<string> {
  for (let n = 1; ; n++) {
    const candidate = n === 1 ? path : `${path}-${n}`;
    if (!(await exists(candidate))) return candidate;
  }
}

/**
 * Makes a folder as a whole: `fill` writes into a folder beside it, which gets the name once it is complete.
 * Whatever fails, nothing is left at the path or beside it.
 * @param staging start of the partial folder's name, on the same disk; by default the folder's own
 * @throws UsageError when the path is taken, or cannot be written
 */
export async function writeFolder(folder: string, fill: (partial: string) => Promise<void>, staging = folder): Promise<void> {
  const partial = `${staging}.${randomBytes(4).toString('hex')}.partial`;
  try {
    await mkdir(dirname(folder), { recursive: true });
    await mkdir(dirname(staging), { recursive: true });
    await mkdir(partial);
    await fill(partial);
    await checkFree(folder);
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true }).catch(() => undefined); // the first error is the one to tell
    if (isSystemError(error)) throw new UsageError(`cannot write "${folder}": ${systemReason(error)}`);
    throw error;
  }
}
