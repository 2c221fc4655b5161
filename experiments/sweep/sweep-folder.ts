import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { makeFolder } from '../../src/data/make-folder.ts';
import { syncFolder, syncTree } from '../../src/data/sync.ts';
import { unfinished } from '../../src/data/unfinished.ts';
import { writeAtomic } from '../../src/data/write-atomic.ts';
import { liveClaims } from './claim.ts';
import { hashPart } from './run-id.ts';

/** Where things are in a sweep's folder. */
export const sweepPaths = (folder: string) => ({
  sweep: join(folder, 'sweep.json'),
  runs: join(folder, 'runs'), //       <id>/: finished runs, each put there as a whole
  failed: join(folder, 'failed'), //   <id>/: error.txt and log.txt of a run's last attempt
  damaged: join(folder, 'damaged'), // <id>/: what was left of finished runs whose files had changed, and that were done again
  running: join(folder, 'running'), // <id>.log, and folders that are being written
  cache: join(folder, 'cache'),
  claims: join(folder, 'claims'), //   who is at what
  lock: join(folder, 'lock'), //       who is at sweep.json
  slurm: join(folder, 'slurm'),
});

/** What can be said of a run by its hash. */
export interface RunFolders {
  readonly finished: ReadonlyMap<string, string>; // hashPart(id) → folder name
  readonly failed: ReadonlyMap<string, string>;
}

/** Names of folders by the hash they end in: a run stays the same when what is readable of its name changes with the sweep. */
export async function runFolders(folder: string): Promise<RunFolders> {
  const names = async (path: string) => new Map((await readdir(path).catch(() => [])).map((name) => [hashPart(name), name]));
  const { runs, failed } = sweepPaths(folder);
  return { finished: await names(runs), failed: await names(failed) };
}

export const runClaim = (folder: string, id: string): string => join(sweepPaths(folder).claims, `run-${hashPart(id)}`);

/** Ids, by their hash part, of the runs that some process is at. */
export async function claimedRuns(folder: string): Promise<Set<string>> {
  const { claims } = sweepPaths(folder);
  const found = new Set<string>();
  for (const name of await readdir(claims).catch(() => []))
    if (name.startsWith('run-') && (await liveClaims(join(claims, name))).length > 0) found.add(hashPart(name));
  return found;
}

/** Removes what an attempt at a run that was cut short has left. Only for who holds the run's claim. */
export async function clearAttempt(folder: string, id: string): Promise<void> {
  const { running } = sweepPaths(folder);
  for (const name of await readdir(running).catch(() => []))
    if (name.startsWith(`${id}.`)) await rm(join(running, name), { recursive: true, force: true });
}

/** Keeps the error of a run and the log of its attempt as failed/<id>; an earlier failure of the run makes way. */
export async function writeFailure(folder: string, id: string, error: string, output: string): Promise<void> {
  const { failed, running } = sweepPaths(folder);
  const partial = join(running, `${id}.failed.partial`);
  const log = await readFile(join(running, `${id}.log`), 'utf8').catch(() => '');
  await rm(partial, { recursive: true, force: true });
  const done = unfinished(partial);
  try {
    await makeFolder(partial, folder);
    await writeAtomic(join(partial, 'error.txt'), `${error}\n`);
    await writeAtomic(join(partial, 'log.txt'), log + output);
    await syncTree(partial);
    await makeFolder(failed, folder);
    await rm(join(failed, id), { recursive: true, force: true });
    await rename(partial, join(failed, id));
    syncFolder(failed);
  } finally {
    await rm(partial, { recursive: true, force: true });
    done();
  }
  await rm(join(running, `${id}.log`), { force: true });
}

/** Removes what only a sweep in progress needs. Nothing of it is anybody's when no claim is live. */
export async function tidyUp(folder: string): Promise<void> {
  const { claims, running } = sweepPaths(folder);
  for (const name of await readdir(claims).catch(() => [])) if ((await liveClaims(join(claims, name))).length > 0) return;
  for (const path of [claims, running]) await rm(path, { recursive: true, force: true });
}
