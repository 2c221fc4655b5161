import { stat } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import type { Worker } from 'node:worker_threads';
import { isBuilt, ownFile } from '../modules/own-files.ts';
import { type CarriedError, carriedError } from '../terminal/carried-error.ts';
import type { MeasuredRun, RunMeasuring } from './measure-run-file.ts';

export interface ThreadAnswer {
  readonly run: number;
  readonly measured?: MeasuredRun;
  readonly fault?: CarriedError;
}

/** A thread takes about a tenth of a second to start; below so many bytes of runs it would not pay. */
const worthThreads = 1 << 24;
/** Each holds a run of its own: more would take memory before they save time. */
const mostThreads = 8;

/** How many threads to read runs with: 1, which is none beside this one, for few bytes, a pipe, or where only TypeScript is there, which Node 20 runs in no thread. */
export async function threadsFor(runs: readonly string[]): Promise<number> {
  if (runs.length === 1 || !isBuilt) return 1;
  let bytes = 0;
  for (const run of runs) {
    const stats = await stat(run).catch(() => null);
    if (stats === null || !stats.isFile()) return 1;
    bytes += stats.size;
  }
  return bytes < worthThreads ? 1 : Math.min(runs.length, availableParallelism(), mostThreads);
}

/**
 * Measures runs in threads, each of which reads the judgments and then one run after another.
 * @param onRun is told of every run when it is begun
 * @throws what measuring the first run that fails throws
 */
export async function measureInThreads(
  threads: number,
  files: { readonly qrels: string; readonly subtopics: boolean; readonly fractions?: boolean; readonly runs: readonly string[] },
  measuring: RunMeasuring,
  onRun: (run: number) => void,
): Promise<MeasuredRun[]> {
  const { Worker } = await import('node:worker_threads');
  const { qrels, subtopics, fractions = false, runs } = files;
  const answers: ThreadAnswer[] = [];
  let next = 0;
  const workers = Array.from({ length: threads }, () => {
    return new Worker(ownFile('experiments/trec-runs/run-thread'), { workerData: { qrels, subtopics, fractions, measuring } });
  });
  const work = (worker: Worker) =>
    new Promise<void>((done, failed) => {
      const give = () => {
        if (next === runs.length) return done();
        onRun(next);
        worker.postMessage({ run: next, path: runs[next] });
        next++;
      };
      worker.on('error', failed);
      worker.on('message', (answer: ThreadAnswer) => {
        answers[answer.run] = answer;
        if (answer.fault) next = runs.length; // begins no other
        give();
      });
      give();
    });
  try {
    await Promise.all(workers.map(work));
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
  const failure = answers.find((answer) => answer?.fault)?.fault;
  if (failure) throw carriedError(failure);
  return answers.flatMap(({ measured }) => (measured ? [measured] : []));
}
