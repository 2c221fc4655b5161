import { stat } from 'node:fs/promises';
import type { OnProgress } from '../terminal/progress.ts';
import { commandLine } from '../terminal/shell-words.ts';
import { damagedRuns } from './damaged-runs.ts';
import { OutputError } from './output-error.ts';
import { type Shard, shardOf } from './shard.ts';
import { type SweepWorker, startWorker } from './start-worker.ts';
import { runConfigOf, type SweepFile, type SweepRun } from './sweep-file.ts';
import { sweepPaths, tidyUp } from './sweep-folder.ts';
import { type RunInState, sweepState } from './sweep-state.ts';
import { runPool, type SettledRun } from './worker-pool.ts';

/** How the runs of a sweep are done here. */
export interface SweepOptions {
  readonly jobs: number;
  readonly retries?: number;
  readonly failFast?: boolean;
  readonly shard?: Shard;
  readonly onProgress?: OnProgress;
  /** Is told of a finished run that is damaged, and done again. */
  readonly onDamaged?: (damage: string) => void;
  readonly signal?: AbortSignal; // aborted with the name of what interrupted it
  readonly start?: () => SweepWorker;
}

/** How far a sweep is once this process has done what it could. */
export interface SweepOutcome {
  readonly finished: number; //                  of this sweep or shard, whoever did them
  readonly total: number;
  readonly failed: readonly SettledRun[]; //     now
  readonly complete: boolean; //                 every run of the whole sweep is finished
  readonly interrupted: NodeJS.Signals | null;
}

/** The command that makes a run of a sweep alone. */
export const runCommandLine = ({ asked }: SweepFile, run: SweepRun, more: readonly string[] = []): string =>
  commandLine([
    ...['counterrank', 'run', asked[run.asked].config, ...run.overrides],
    ...(asked[run.asked].plugins ?? []).flatMap((path) => ['--plugin', path]),
    ...more,
  ]);

/**
 * Does the runs of a sweep (or a shard of it) that are not finished, in worker processes. Numbers depend on each run's config only: not on
 * how many workers there are, on the order, or on what was interrupted before.
 * @throws OutputError when the folder cannot be written
 */
export async function runSweep(folder: string, sweep: SweepFile, options: SweepOptions): Promise<SweepOutcome> {
  const { jobs, retries = 0, failFast = false, shard, onProgress = () => {}, onDamaged = () => {}, start = startWorker } = options;
  const signal = options.signal ?? new AbortController().signal;
  const all = await sweepState(folder, sweep);
  const mine: readonly RunInState[] = shard ? shardOf(all, shard) : all;
  const damaged = await damagedRuns(mine);
  for (const damage of damaged.values()) onDamaged(damage);
  const open = mine.filter(({ run, state }) => state !== 'finished' || damaged.has(run.id));
  let done = mine.length - open.length;
  const progress = (detail: string) => onProgress({ stage: 'sweep', done, total: mine.length, detail });
  if (done > 0) progress('finished before');
  const orders = open.map(({ run }) => ({
    folder,
    id: run.id,
    config: runConfigOf(sweep, run),
    overrides: run.overrides,
    ...(run.baseline !== undefined && { baseline: run.baseline }),
    command: runCommandLine(sweep, run),
  }));
  const onSettled = ({ id, error }: SettledRun) => {
    if (error === null) done++;
    progress(error === null ? id : `${id} FAILED: ${error.split('\n')[0]}`);
  };
  const check = () => checkThere(folder);
  const settled = await runPool(orders, { jobs, retries, failFast, start, onSettled, signal, check }).catch(async (error: unknown) => {
    await check(); // what a folder that is gone could not take
    throw error;
  });
  if (!signal.aborted) await check();
  const after = await sweepState(folder, sweep);
  const complete = after.every(({ state }) => state === 'finished');
  if (complete) await tidyUp(folder); // before that, others may be about to claim a run
  return {
    finished: (shard ? shardOf(after, shard) : after).filter(({ state }) => state === 'finished').length,
    total: mine.length,
    failed: settled.filter(({ error }) => error !== null),
    complete,
    interrupted: signal.aborted ? (signal.reason as NodeJS.Signals) : null,
  };
}

/** @throws OutputError when the folder is no sweep's any more */
async function checkThere(folder: string): Promise<void> {
  if ((await stat(sweepPaths(folder).sweep).catch(() => null)) === null)
    throw new OutputError(
      `"${folder}" was removed or moved while its sweep ran; begin it anew, or put it back and go on: counterrank sweep ${folder}`,
    );
}
