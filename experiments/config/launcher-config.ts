import { array, type Decoded, integer, nullable, optional, strictObject, union } from '../../src/schema.ts';
import { textLike } from './text-rules.ts';

/** Goes into a line of a batch script. */
const word = () => textLike(/^\S+$/, 'must be text without blanks');
const line = () => textLike(/^[^\r\n]*$/, 'must be one line');

/** What a sweep asks of Slurm; what is null is left to the cluster. */
export const slurmConfig = strictObject({
  partition: optional(nullable(word()), null),
  account: optional(nullable(word()), null),
  qos: optional(nullable(word()), null),
  time: optional(nullable(union([integer(1), word()])), null), // of a task: minutes, or 2:00:00, 1-12
  memory: optional(nullable(word()), null), //                     of a task: 4G
  cpus: optional(integer(1), 1), //                                of a task, which runs so many worker processes
  tasks: optional(integer(1), 100), //                             of the job array, at most one per run
  concurrent: optional(nullable(integer(1)), null), //             tasks at a time
  setup: optional(array(line()), []), //                           shell lines before the work: module load node/22
  options: optional(array(line()), []), //                         other #SBATCH options, such as --constraint=skylake
});

export const launcherConfig = strictObject({ slurm: optional(slurmConfig, {}) });

export type SlurmConfig = Decoded<typeof slurmConfig>;
export type LauncherConfig = Decoded<typeof launcherConfig>;
