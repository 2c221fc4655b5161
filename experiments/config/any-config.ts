import { UsageError } from '../../src/errors.ts';
import { nearName } from '../../src/registry.ts';
import type { Schema } from '../../src/schema.ts';
import { decode, listFaults } from './decode.ts';
import { applyOverrides, parseOverride } from './overrides.ts';
import { decodeConfig, parseConfigFile } from './read-config.ts';
import { type RecommendationConfig, recommendationTasks } from './recommendation-config.ts';
import { recommendationFaults } from './recommendation-faults.ts';
import { type RunConfig, runConfig } from './run-config.ts';

/** What `counterrank run` takes: a comparison of rankers, or with a `task` of recommenders. */
export type AnyConfig = RunConfig | RecommendationConfig;

export const isRecommendation = (config: AnyConfig): config is RecommendationConfig => 'task' in config;

/**
 * The config of a file of any task, with overrides put in and every default filled in. Which strict schema it must follow, its key `task`
 * says; without one it is that of ranking.
 * @throws as `readConfig`, and for an unknown task
 */
export async function readAnyConfig(file: string, overrides: readonly string[] = []): Promise<AnyConfig> {
  const typed = overrides.map(parseOverride);
  const own = await parseConfigFile(file);
  const task = taskOf(
    applyOverrides(
      own,
      typed.filter(({ path }) => path.join('.') === 'task'),
      {},
    ),
    file,
  );
  const defaults = task === null ? decode(runConfig, {}, 'defaults') : decode(schemaOf(task), { task }, 'defaults');
  return decodeAnyConfig(applyOverrides(own, typed, defaults), file);
}

/** @throws UsageError that names all faults */
export function decodeAnyConfig(input: unknown, source: string): AnyConfig {
  const task = taskOf(input, source);
  if (task === null) return decodeConfig(input, source);
  const config = decode(schemaOf(task), input, source);
  const faults = recommendationFaults(config);
  if (faults.length > 0) throw new UsageError(listFaults(source, faults));
  return config;
}

type Task = keyof typeof recommendationTasks;
const schemaOf = (task: Task) => recommendationTasks[task].config as Schema<RecommendationConfig>;

function taskOf(input: unknown, source: string): Task | null {
  if (typeof input !== 'object' || input === null || !('task' in input)) return null;
  const { task } = input;
  if (typeof task === 'string' && Object.hasOwn(recommendationTasks, task)) return task as Task;
  const known = Object.keys(recommendationTasks);
  const near = typeof task === 'string' ? nearName(task, known) : '';
  throw new UsageError(
    `${source}: task: unknown name ${JSON.stringify(task)}${near || ';'} known: ${known.join(', ')}; without a task, rankers are compared`,
  );
}
