import type { SlurmConfig } from '../config/launcher-config.ts';
import { commandLine } from '../terminal/shell-words.ts';

/** What the batch scripts of a sweep are made of. */
export interface SlurmJob {
  readonly name: string;
  readonly folder: string; //               of the sweep, absolute: all nodes see it
  readonly workingFolder: string; //        where paths of the config start
  readonly program: readonly string[]; //   node and what it runs, absolute
  readonly slurm: SlurmConfig;
  readonly tasks: number; //                parts of the sweep
  readonly open: readonly number[]; //      those with runs that are not finished
}

/** The job array: task i does the runs i, i + tasks, i + 2 · tasks … that are not finished. It may be submitted again at any time. */
export function arrayScript({ name, folder, workingFolder, program, slurm, tasks, open }: SlurmJob): string {
  const limit = slurm.concurrent === null ? '' : `%${slurm.concurrent}`;
  const task = ['sweep', folder, '--shard', `auto/${tasks}`, '--jobs', String(slurm.cpus), '--quiet'];
  return script(
    workingFolder,
    slurm,
    [
      ['job-name', name],
      ['array', `${ranges(open)}${limit}`],
      ['cpus-per-task', String(slurm.cpus)],
      ['output', `${escaped(folder)}/slurm/%A_%a.log`],
      ...resources(slurm, slurm.memory),
    ],
    [...program, ...task],
  );
}

/** The job after the array: puts the finished runs together, and fails when some are missing. */
export function collectScript({ name, folder, workingFolder, program, slurm }: SlurmJob): string {
  return script(
    workingFolder,
    slurm,
    [['job-name', `${name}-collect`], ['output', `${escaped(folder)}/slurm/%j-collect.log`], ...resources(slurm, slurm.memory)],
    [...program, 'sweep', 'collect', folder],
  );
}

const resources = ({ partition, account, qos, time }: SlurmConfig, memory: string | null): [string, string | null][] => [
  ['partition', partition],
  ['account', account],
  ['qos', qos],
  ['time', time === null ? null : String(time)],
  ['mem', memory],
];

function script(
  workingFolder: string,
  slurm: SlurmConfig,
  options: readonly (readonly [string, string | null])[],
  command: readonly string[],
): string {
  return [
    '#!/bin/bash',
    ...options.flatMap(([key, value]) => (value === null ? [] : [`#SBATCH --${key}=${quoted(value)}`])),
    '#SBATCH --open-mode=append',
    ...slurm.options.map((option) => `#SBATCH ${option}`),
    `cd ${commandLine([workingFolder])} || exit`,
    ...slurm.setup,
    `exec ${commandLine(command)}`,
    '',
  ].join('\n');
}

/** A percent sign would begin one of Slurm's own names in an output path. */
const escaped = (path: string): string => path.replaceAll('%', '%%');
const quoted = (value: string): string => (/\s/.test(value) ? `"${value}"` : value);

/** 0,1,2,5 as 0-2,5. */
export function ranges(numbers: readonly number[]): string {
  const parts: [number, number][] = [];
  for (const number of numbers) {
    const last = parts.at(-1);
    if (last && last[1] + 1 === number) last[1] = number;
    else parts.push([number, number]);
  }
  return parts.map(([from, to]) => (from === to ? `${from}` : `${from}-${to}`)).join(',');
}
