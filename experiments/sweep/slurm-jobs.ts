import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isSystemError } from '../../src/data/system-error.ts';
import { DataError, UsageError } from '../../src/errors.ts';
import type { SlurmConfig } from '../config/launcher-config.ts';
import { sweepPaths } from './sweep-folder.ts';

/** slurm/jobs.json: what was submitted last, and with what. */
export interface SubmittedJobs {
  readonly array: string;
  readonly collect: string;
  readonly tasks: number; // parts that the sweep is in, the same at every submission
  readonly slurm: SlurmConfig;
}

export const jobsFile = (folder: string): string => join(sweepPaths(folder).slurm, 'jobs.json');

/** null when the sweep was never submitted. */
export async function submittedJobs(folder: string): Promise<SubmittedJobs | null> {
  const file = jobsFile(folder);
  const text = await readFile(file, 'utf8').catch(() => null);
  if (text === null) return null;
  try {
    return JSON.parse(text) as SubmittedJobs;
  } catch {
    throw new DataError('not JSON; remove it once no job of the sweep is queued (squeue), and submit again', { file });
  }
}

/** What a command of Slurm prints. @throws UsageError with its complaint, or when there is no Slurm */
export async function slurm(command: string, ...words: string[]): Promise<string> {
  try {
    return (await promisify(execFile)(command, words)).stdout.trim();
  } catch (error) {
    if (!isSystemError(error) || error.code !== 'ENOENT') {
      const { stderr } = error as { stderr?: string };
      throw new UsageError(`${command}: ${stderr?.trim().split('\n').at(-1) || String(error)}`);
    }
    throw new UsageError(`there is no ${command} on this machine: submit where Slurm is, or run parts with --shard 1/8 …`);
  }
}

/** States of the tasks that Slurm still has of the last submission, each as often as it occurs; empty when it has none. */
export async function queuedStates({ array, collect }: SubmittedJobs): Promise<string[]> {
  const states = [];
  for (const job of [array, collect]) // one by one: a job that Slurm has forgotten is an error
    states.push(...(await slurm('squeue', '--noheader', '--array', '--format=%T', `--jobs=${job}`).catch(() => '')).split('\n'));
  return states.filter((state) => state !== '' && state !== 'COMPLETING');
}

/** `Slurm jobs 12 and 13: 4 RUNNING, 7 PENDING`; null when the sweep was never submitted. */
export async function jobLine(folder: string): Promise<string | null> {
  const jobs = await submittedJobs(folder);
  if (jobs === null) return null;
  const counts = new Map<string, number>();
  for (const state of await queuedStates(jobs)) counts.set(state, (counts.get(state) ?? 0) + 1);
  const told = [...counts].map(([state, count]) => `${count} ${state}`).join(', ') || 'not in the queue any more';
  return `Slurm jobs ${jobs.array} and ${jobs.collect}: ${told}; logs in ${sweepPaths(folder).slurm}`;
}
