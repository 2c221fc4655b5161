import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { BenchLine } from './bench-line.ts';
import { costOf } from './process-cost.ts';

const program = resolve('dist/experiments/main.js');
const config = 'experiments/configs/quickstart.yaml';
const target = 6; // processor seconds

async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'counterrank-quickstart-bench-'));
  try {
    return await work(folder);
  } finally {
    await rm(folder, { recursive: true });
  }
}

/** Processor time of the quickstart in one process. */
export async function benchQuickstart(): Promise<BenchLine[]> {
  const { seconds } = await inFolder((folder) => costOf([program, 'run', config, '-j', '1', '--out', join(folder, 'run'), '--quiet']));
  return [
    {
      name: 'counterrank run, quickstart, one process, processor time',
      value: seconds,
      unit: 's',
      ratio: target / seconds,
      baseline: `as fast as ${target} s`,
    },
  ];
}

/**
 * `counterrank sweep` of a config with so many seeds, one run each, by one worker and by as many as there are cores; beside them, what as many
 * processes that only compute gain, as cores share caches and clock.
 */
export async function benchSweep(
  runs: number,
  options: { readonly program: string; readonly config: string } = { program, config },
): Promise<BenchLine[]> {
  const cores = availableParallelism();
  const [one, all] = await inFolder(async (folder) => {
    const seconds = (jobs: number) =>
      secondsOf([
        [options.program, 'sweep', options.config, `seed=1..${runs}`, '-j', `${jobs}`, '--out', join(folder, `jobs-${jobs}`), '--quiet'],
      ]);
    const alone = await seconds(1);
    return [alone, cores === 1 ? alone : await seconds(cores)];
  });
  const computing = ['--eval', 'let sum = 0; for (let i = 0; i < 1e9; i++) sum += i % 7;'];
  const computed = await secondsOf([computing]);
  const gained = (cores * computed) / (await secondsOf(Array.from({ length: cores }, () => computing)));
  return [
    { name: `counterrank sweep of ${runs} runs, -j 1`, value: one, unit: 's' },
    { name: `the same, -j ${cores}`, value: all, unit: 's', ratio: one / all, baseline: 'as fast as one worker' },
    { name: `what ${cores} processes that only compute gain here`, value: gained, unit: '×' },
  ];
}

/** Seconds until processes of Node that start together have all ended. */
async function secondsOf(processes: readonly (readonly string[])[]): Promise<number> {
  const start = performance.now();
  await Promise.all(processes.map((words) => promisify(execFile)(process.execPath, words)));
  return (performance.now() - start) / 1000;
}
