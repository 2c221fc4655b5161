import { setTimeout as sleep } from 'node:timers/promises';
import type { WorkerDeath } from '../engine/worker-process.ts';
import { intoFolder, OutputError } from './output-error.ts';
import type { SweepWorker } from './start-worker.ts';
import { writeFailure } from './sweep-folder.ts';
import type { RunAnswer, RunOrder } from './worker-messages.ts';

/** How a pool works. */
export interface PoolOptions {
  readonly jobs: number; //     processes
  readonly retries: number; //  of a failed run
  readonly failFast: boolean; // no new run after the first that failed for good
  readonly start: () => SweepWorker;
  readonly onSettled: (run: SettledRun) => void;
  readonly signal: AbortSignal; // to stop at once
  readonly check?: () => Promise<void>; // before each run: throws OutputError where no further one makes sense
}

export interface SettledRun {
  readonly id: string;
  readonly error: string | null; // null: finished
  readonly exitCode: number; //    0: finished; else as of the command line
}

const busyWait = 500; // milliseconds until a run that another process was at is looked at again

/**
 * Gives the orders to worker processes, each the next one as soon as it is free, until every run is settled, here or elsewhere.
 * A worker that dies takes only its run with it.
 * @throws OutputError when the sweep's folder cannot be written
 */
export async function runPool(orders: readonly RunOrder[], options: PoolOptions): Promise<SettledRun[]> {
  const queue = orders.map((order) => ({ order, left: options.retries, wasBusy: false }));
  const settled: SettledRun[] = [];
  const workers = new Set<SweepWorker>();
  let stopped: OutputError | null = null;
  const end = () => {
    queue.length = 0;
    for (const worker of workers) worker.end();
  };
  options.signal.addEventListener('abort', end);

  const settle = (run: SettledRun) => {
    settled.push(run);
    options.onSettled(run);
    if (run.error !== null && options.failFast) queue.length = 0;
  };

  const work = async () => {
    let worker: SweepWorker | null = null;
    for (let next = queue.shift(); next !== undefined && !options.signal.aborted; next = queue.shift()) {
      try {
        await options.check?.();
      } catch (error) {
        if (!(error instanceof OutputError)) throw error;
        stopped = error;
        end();
        break;
      }
      if (!worker?.alive()) {
        worker = options.start();
        workers.add(worker);
      }
      const told: RunAnswer | WorkerDeath = await worker.perform(next.order);
      if (options.signal.aborted || stopped !== null) break;
      const answer = told.kind === 'died' ? await recordDeath(next.order, told) : told;
      if (answer.kind === 'busy') {
        if (next.wasBusy) await sleep(busyWait);
        queue.push({ ...next, wasBusy: true });
      } else if (answer.kind === 'no-output') {
        stopped ??= new OutputError(answer.error);
        end();
      } else if (answer.kind === 'finished') settle({ id: answer.id, error: null, exitCode: 0 });
      else if (next.left > 0) queue.push({ ...next, left: next.left - 1 });
      else settle({ id: answer.id, error: answer.error, exitCode: answer.exitCode });
    }
    worker?.end();
  };

  await Promise.all(Array.from({ length: Math.min(options.jobs, orders.length) }, work));
  options.signal.removeEventListener('abort', end);
  if (stopped !== null) throw stopped;
  return settled;
}

async function recordDeath({ folder, id }: RunOrder, { how, output }: WorkerDeath): Promise<RunAnswer> {
  const error = `the worker process ended before the run did: ${how}`;
  try {
    await intoFolder(folder, () => writeFailure(folder, id, error, output));
    return { kind: 'failed', id, error, exitCode: 1 };
  } catch (thrown) {
    if (thrown instanceof OutputError) return { kind: 'no-output', id, error: thrown.message };
    throw thrown;
  }
}
