import { join } from 'node:path';
import { readStoredJson } from '../records/stored-json.ts';
import { storedStatus } from '../records/stored-schemas.ts';
import { hashPart } from './run-id.ts';
import type { SweepFile, SweepRun } from './sweep-file.ts';
import { claimedRuns, runFolders, sweepPaths } from './sweep-folder.ts';

export const runStates = ['finished', 'running', 'failed', 'waiting'] as const;
/** What a run of a sweep is at. */
export type RunState = (typeof runStates)[number];

export interface RunInState {
  readonly run: SweepRun;
  readonly state: RunState;
  readonly folder: string | null; // of a finished or failed run
}

/** How far each run of a sweep is, from what its folder holds. */
export async function sweepState(folder: string, { runs }: Pick<SweepFile, 'runs'>): Promise<RunInState[]> {
  const claimed = await claimedRuns(folder); // before the folders: a run that ends meanwhile is finished, not waiting
  const { finished, failed } = await runFolders(folder);
  const paths = sweepPaths(folder);
  return runs.map((run) => {
    const key = hashPart(run.id);
    const done = finished.get(key);
    if (done !== undefined) return { run, state: 'finished', folder: join(paths.runs, done) };
    if (claimed.has(key)) return { run, state: 'running', folder: null };
    const lost = failed.get(key);
    return lost === undefined ? { run, state: 'waiting', folder: null } : { run, state: 'failed', folder: join(paths.failed, lost) };
  });
}

/** Mean seconds of the finished runs; null when there is none. At most `sample` of them are read. */
export async function meanSeconds(states: readonly RunInState[], sample = 200): Promise<number | null> {
  const seconds: number[] = [];
  for (const { state, folder } of states) {
    if (state !== 'finished' || folder === null || seconds.length === sample) continue;
    const status = await readStoredJson(folder, 'status.json', storedStatus, {}).catch(() => null); // one that is damaged tells nothing
    const total = status?.wallSeconds?.total;
    if (total !== undefined) seconds.push(total);
  }
  return seconds.length === 0 ? null : seconds.reduce((sum, value) => sum + value, 0) / seconds.length;
}
