import type { Task } from '../engine/task.ts';
import type { LoadedPlugin } from './check-plugin.ts';
import { taskError } from './plugin-error.ts';

const functions = ['faults', 'metrics', 'lead', 'progressWords', 'seedsVary', 'prepare', 'warnings', 'data', 'simulate'] as const;

/** A task that says of whatever goes wrong in it which plugin's file it is of. */
export function pluginTask(task: Task, { path, texts }: Pick<LoadedPlugin, 'path' | 'texts'>): Task {
  const named = (error: unknown) => taskError(error, path, texts);
  const fail = (error: unknown): never => {
    throw named(error);
  };
  const guarded = functions.flatMap((key) => {
    const own = task[key] as ((...words: unknown[]) => unknown) | undefined;
    if (own === undefined) return [];
    const guard = (...words: unknown[]) => {
      try {
        const given = own.apply(task, words);
        return given instanceof Promise ? given.catch(fail) : given;
      } catch (error) {
        return fail(error);
      }
    };
    return [[key, guard]];
  });
  return Object.assign(Object.create(task), Object.fromEntries(guarded), { named });
}
