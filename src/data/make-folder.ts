import { mkdir, stat } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { syncFolder } from './sync.ts';
import { isSystemError } from './system-error.ts';
import { unfinishedAbove } from './unfinished.ts';

/** Others may remove a folder above while one below it is made; a place that still has none after so many tries never will. */
const mostTries = 10;

/**
 * Makes a folder and those above it that are missing; one that is there already is left as it is.
 * Node's own `mkdir({ recursive: true })` never returns where a folder is there but takes none, as /proc does.
 * @param within a folder above it, or itself, that must be there: it is not made; by default one that is being written as a whole
 * @throws the system's error when it cannot be made
 */
export async function makeFolder(path: string, within = unfinishedAbove(path)): Promise<void> {
  if (within !== undefined && resolve(path) === resolve(within)) return void (await stat(within));
  for (let tries = 1; ; tries++) {
    try {
      await mkdir(path);
      if (unfinishedAbove(path) === undefined) syncFolder(dirname(path));
      return;
    } catch (error) {
      if ((await stat(path).catch(() => null))?.isDirectory()) return;
      if (!isSystemError(error) || !['ENOENT', 'EEXIST'].includes(error.code ?? '') || tries === mostTries) throw error;
      if (error.code === 'ENOENT') await makeFolder(dirname(path), within);
    }
  }
}
