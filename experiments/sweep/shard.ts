import { UsageError } from '../../src/errors.ts';

/** One of so many parts of a sweep. */
export interface Shard {
  readonly index: number; // from 0
  readonly count: number;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What engines call the index of an array's task, from 0, and where they say it the size of the array. */
const indexVariables: Readonly<Record<string, string | null>> = {
  JOB_COMPLETION_INDEX: null, // Kubernetes indexed job
  AWS_BATCH_JOB_ARRAY_INDEX: 'AWS_BATCH_JOB_ARRAY_SIZE',
  SLURM_ARRAY_TASK_ID: 'SLURM_ARRAY_TASK_COUNT',
};

/**
 * `3/8`: the third of eight; `auto/8`: the one whose index, from 0, the environment of an array job gives; `auto` takes the size from there too.
 * @throws UsageError for anything else, and where the environment says nothing
 */
export function parseShard(text: string, env: Environment): Shard {
  const [, index, count] = /^(\d+|auto)(?:\/(\d+))?$/.exec(text) ?? [];
  const example = '3/8 is the third of eight parts, auto/8 the one that the job array is at';
  if (index === undefined || (index !== 'auto' && count === undefined))
    throw new UsageError(`--shard ${text}: must be index/count; ${example}`);
  const shard = index === 'auto' ? fromEnvironment(text, count, env) : { index: Number(index) - 1, count: Number(count) };
  if (shard.index >= 0 && shard.index < shard.count) return shard;
  throw new UsageError(
    index === 'auto'
      ? `--shard ${text}: the job array's index is ${shard.index}, which must be from 0 to ${shard.count - 1}; number the array from 0`
      : `--shard ${text}: the index must be from 1 to the count; ${example}`,
  );
}

function fromEnvironment(text: string, count: string | undefined, env: Environment): Shard {
  for (const [variable, size] of Object.entries(indexVariables)) {
    const index = env[variable];
    if (index === undefined) continue;
    const total = count ?? (size === null ? undefined : env[size]);
    if (total === undefined)
      throw new UsageError(`--shard ${text}: ${variable} does not say of how many; write auto/8 for an array of eight`);
    return { index: Number(index), count: Number(total) };
  }
  throw new UsageError(`--shard ${text}: this is no job array: none of ${Object.keys(indexVariables).join(', ')} is set; write 1/8`);
}

/** The shard's part: every count-th, so that long and short runs are spread evenly. */
export const shardOf = <T>(items: readonly T[], { index, count }: Shard): T[] => items.filter((_, i) => i % count === index);
