import { randomBytes } from 'node:crypto';
import { rmSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { makeFolder } from '../../src/data/make-folder.ts';
import { cannot } from '../../src/data/system-error.ts';
import { UsageError } from '../../src/errors.ts';

const endings = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

const exists = async (path: string): Promise<boolean> => (await stat(path).catch(() => null)) !== null;

/** @throws UsageError when there is something at the path: nothing is ever overwritten */
export async function checkFree(folder: string): Promise<void> {
  if (await exists(folder))
    throw new UsageError(`"${folder}" exists; nothing is overwritten: name another folder with --out, or move it away`);
}

/**
 * What long work asks before it starts: the path is free, and the nearest folder above it that there is may be written to.
 * @throws UsageError where not
 */
export async function checkWritable(folder: string): Promise<void> {
  await checkFree(folder);
  let above = dirname(resolve(folder));
  while (!(await exists(above)) && above !== dirname(above)) above = dirname(above);
  try {
    if (!(await stat(above)).isDirectory()) throw Object.assign(new Error(), { code: 'ENOTDIR' });
    await rm(await mkdtemp(join(above, '.counterrank-')), { recursive: true }); // `access` alone says yes to root on a read-only disk
  } catch (error) {
    cannot(`write "${folder}"`)(error);
  }
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
 * Whatever fails, nothing is left at the path or beside it; nor where the process is interrupted or told to end.
 * @param staging start of the partial folder's name, on the same disk; by default the folder's own
 * @throws UsageError when the path is taken, or cannot be written
 */
export async function writeFolder(folder: string, fill: (partial: string) => Promise<void>, staging = folder): Promise<void> {
  const partial = `${staging}.${randomBytes(4).toString('hex')}.partial`;
  const interrupted = (signal: NodeJS.Signals) => {
    rmSync(partial, { recursive: true, force: true });
    process.kill(process.pid, signal); // handled once: now it ends the process as if we had not listened
  };
  for (const signal of endings) process.once(signal, interrupted);
  try {
    await makeFolder(dirname(folder));
    await makeFolder(dirname(staging));
    await mkdir(partial);
    await fill(partial);
    await checkFree(folder);
    await rename(partial, folder);
  } catch (error) {
    await rm(partial, { recursive: true, force: true }).catch(() => undefined); // the first error is the one to tell
    cannot(`write "${folder}"`)(error);
  } finally {
    for (const signal of endings) process.off(signal, interrupted);
  }
}
