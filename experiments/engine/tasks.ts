import { UsageError } from '../../src/errors.ts';
import { nearName } from '../../src/registry.ts';
import type { Schema } from '../../src/schema.ts';
import type { Fault } from '../config/faults.ts';
import type { SweepConfig } from '../config/sweep-config.ts';
import { impossibleCombinations } from '../tasks/ranking/impossible-combinations.ts';
import { fileConfig, type RunConfig, runConfig } from '../tasks/ranking/run-config.ts';
import { type RecommendationConfig, recommendationTasks } from '../tasks/recommendation/recommendation-config.ts';
import { recommendationFaults } from '../tasks/recommendation/recommendation-faults.ts';

/** What `counterrank run` takes: a comparison of rankers, or with a `task` of recommenders. */
export type AnyConfig = RunConfig | RecommendationConfig;

export const isRecommendation = (config: AnyConfig): config is RecommendationConfig => 'task' in config;

/** A file's content once it is checked: a run whose singular forms are not yet put into the lists, and what stands beside it. */
export type FileContent = Omit<AnyConfig, 'seeds' | 'baseline' | 'estimators'> & {
  readonly seeds?: AnyConfig['seeds'] | undefined;
  readonly baseline?: string | null | undefined;
  readonly estimators?: AnyConfig['estimators'] | undefined;
  readonly seed?: string | number | undefined;
  readonly estimator?: AnyConfig['estimators'][number] | undefined;
  readonly extends?: unknown;
  readonly preset?: unknown;
  readonly sweep?: SweepConfig | undefined;
  readonly launcher?: unknown;
};

/** A kind of comparison: the schemas of its run and of its file, and the faults that no single value has. */
export interface Task {
  readonly name: string | null; // the config's `task`; null for rankers, which has none
  readonly run: Schema<AnyConfig> & { readonly entries: Readonly<Record<string, unknown>> };
  readonly file: Schema<FileContent>;
  faults(config: AnyConfig, simulated: boolean): Fault[];
}

const ranking: Task = {
  name: null,
  run: runConfig as unknown as Task['run'],
  file: fileConfig as unknown as Task['file'],
  faults: (config, simulated) => impossibleCombinations(config as RunConfig, simulated),
};

const recommending = new Map<string, Task>(
  Object.entries(recommendationTasks).map(([name, { config, file }]) => [
    name,
    {
      name,
      run: config as unknown as Task['run'],
      file: file as unknown as Task['file'],
      faults: (decoded) => recommendationFaults(decoded as RecommendationConfig),
    },
  ]),
);

/** The task that a config is of, by its key `task`; without one that of ranking. @throws UsageError for an unknown task */
export function taskOf(input: unknown, source: string): Task {
  if (typeof input !== 'object' || input === null || !('task' in input)) return ranking;
  const { task } = input;
  const found = typeof task === 'string' ? recommending.get(task) : undefined;
  if (found !== undefined) return found;
  const known = [...recommending.keys()];
  const near = typeof task === 'string' ? nearName(task, known) : '';
  throw new UsageError(
    `${source}: task: unknown name ${JSON.stringify(task)}${near || ';'} known: ${known.join(', ')}; without a task, rankers are compared`,
  );
}
