import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import type { BenchLine } from './bench-line.ts';

export interface RunJobsOptions {
  readonly name: string;
  readonly program: string; //   the built command line
  readonly words: readonly string[]; // config and overrides
  readonly seeds: number;
}

/** `counterrank run` in one process against all cores: seconds from its start to its end, page included. */
export async function benchRunJobs({ name, program, words, seeds }: RunJobsOptions): Promise<BenchLine[]> {
  const folder = await mkdtemp(join(tmpdir(), 'counterrank-bench-'));
  const cores = availableParallelism();
  const seconds = async (jobs: number) => {
    const start = performance.now();
    const out = join(folder, `jobs-${jobs}`);
    await promisify(execFile)(process.execPath, [program, 'run', ...words, `seeds=${seeds}`, '-j', String(jobs), '--out', out, '--quiet']);
    return (performance.now() - start) / 1000;
  };
  try {
    const one = await seconds(1);
    const all = cores === 1 ? one : await seconds(cores);
    return [
      { name: `counterrank run, ${name}, ${seeds} seeds, one process`, value: one, unit: 's' },
      { name: `the same, -j ${cores}`, value: all, unit: 's', ratio: one / all, baseline: 'as fast as one process' },
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

const program = resolve('dist/experiments/main.js');
const quickstart = 'experiments/configs/quickstart.yaml';

/** The quickstart, of which the start and the page, which nobody shares, are a large part, and one that takes longer. */
export async function benchTwoRuns(): Promise<BenchLine[]> {
  const long = [quickstart, 'training.steps=1500', 'training.patience=null'];
  return [
    ...(await benchRunJobs({ name: 'quickstart', program, words: [quickstart], seeds: 10 })),
    ...(await benchRunJobs({ name: 'all of 1500 steps', program, words: long, seeds: 10 })),
  ];
}
