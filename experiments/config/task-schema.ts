import { toJsonSchema } from '@valibot/to-json-schema';
import { lookup } from '../../src/registry.ts';
import type { GenericSchema } from '../../src/schema.ts';
import { configSchema } from './config-schema.ts';
import { recommendationTasks } from './recommendation-config.ts';

/** JSON Schema of the config of a task; of ranking without one. @throws UsageError on an unknown task */
export function taskSchema(task: string | undefined): object {
  if (task === undefined) return configSchema();
  const { config } = lookup<{ readonly config: GenericSchema }>('task', recommendationTasks, task);
  return { title: `Counterrank ${task} config`, ...toJsonSchema(config, { typeMode: 'input', errorMode: 'ignore' }) };
}
