import { chmod } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { makeFolder } from '../../src/data/make-folder.ts';
import { writeAtomic } from '../../src/data/write-atomic.ts';
import { UsageError } from '../../src/errors.ts';
import { decode } from '../config/decode.ts';
import { type SlurmConfig, slurmConfig } from '../config/launcher-config.ts';
import { writeJson } from '../records/write-json.ts';
import { intoFolder } from './output-error.ts';
import { shardOf } from './shard.ts';
import { jobsFile, queuedStates, slurm, submittedJobs } from './slurm-jobs.ts';
import { arrayScript, collectScript, type SlurmJob } from './slurm-scripts.ts';
import type { SweepFile } from './sweep-file.ts';
import { sweepPaths } from './sweep-folder.ts';
import { sweepState } from './sweep-state.ts';

/**
 * Submits what is not finished of a sweep as a job array, and a job after it that collects. All they need is the sweep's folder, the program
 * and the data on a disk that every node sees.
 * @param asked resources; null: those of the last submission
 * @throws UsageError when jobs of the sweep are still queued, nothing is left to do, or Slurm refuses
 */
export async function submitSweep(
  folder: string,
  sweep: SweepFile,
  asked: SlurmConfig | null,
): Promise<{ array: string; collect: string; tasks: number }> {
  const before = await submittedJobs(folder);
  if (before !== null && (await queuedStates(before)).length > 0)
    throw new UsageError(
      `the sweep's jobs ${before.array} and ${before.collect} are still in the queue: counterrank sweep status ${folder}; scancel ${before.array} ${before.collect} ends them`,
    );
  const settings = asked ?? before?.slurm ?? decode(slurmConfig, {}, 'launcher.slurm');
  const states = await sweepState(folder, sweep);
  const tasks = Math.min(settings.tasks, states.length);
  const open = Array.from({ length: tasks }, (_, index) => index).filter((index) =>
    shardOf(states, { index, count: tasks }).some(({ state }) => state !== 'finished'),
  );
  if (open.length === 0) throw new UsageError(`every run is finished: counterrank sweep collect ${folder} puts them together`);
  const program = [process.execPath, ...process.execArgv, resolve(process.argv[1])];
  const job = { name: sweep.name, folder: resolve(folder), workingFolder: process.cwd(), program, slurm: settings, tasks, open };
  const scripts = await writeScripts(job);
  const [array] = (await slurm('sbatch', '--parsable', scripts.array)).split(';');
  let collect: string;
  try {
    [collect] = (await slurm('sbatch', '--parsable', `--dependency=afterany:${array}`, scripts.collect)).split(';');
  } catch (error) {
    await slurm('scancel', array);
    throw error;
  }
  await intoFolder(folder, () => writeJson(jobsFile(folder), { array, collect, tasks, slurm: settings }));
  return { array, collect, tasks: open.length };
}

function writeScripts(job: SlurmJob): Promise<{ array: string; collect: string }> {
  const { slurm: place } = sweepPaths(job.folder);
  const files = { array: join(place, 'array.sh'), collect: join(place, 'collect.sh') };
  return intoFolder(place, async () => {
    await makeFolder(place);
    await writeAtomic(files.array, arrayScript(job));
    await writeAtomic(files.collect, collectScript(job));
    for (const file of Object.values(files)) await chmod(file, 0o755);
    return files;
  });
}
