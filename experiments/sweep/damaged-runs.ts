import { rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../src/data/make-folder.ts';
import { DataError, UsageError } from '../../src/errors.ts';
import { checkStoredRun } from '../records/stored-run.ts';
import { sweepPaths } from './sweep-folder.ts';
import type { RunInState } from './sweep-state.ts';

/** What is wrong with a finished run's folder: the first file that is not as it was written; null where nothing is. */
export async function damageOf(folder: string): Promise<string | null> {
  try {
    await checkStoredRun(folder);
    return null;
  } catch (error) {
    if (error instanceof DataError || error instanceof UsageError) return error.message;
    throw error;
  }
}

/** Of runs that are finished, those that are damaged, by id, and what is wrong with each. */
export async function damagedRuns(states: readonly RunInState[]): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const { run, state, folder } of states) {
    const damage = state === 'finished' && folder !== null ? await damageOf(folder) : null;
    if (damage !== null) found.set(run.id, damage);
  }
  return found;
}

/** Keeps what is left of a damaged run in damaged/<id>, instead of what was there before. Only for who holds the run's claim. */
export async function setAside(folder: string, name: string): Promise<void> {
  const { runs, damaged } = sweepPaths(folder);
  await makeFolder(damaged, folder);
  await rm(join(damaged, name), { recursive: true, force: true });
  await rename(join(runs, name), join(damaged, name));
}
