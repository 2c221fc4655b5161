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
  /** The same thing, whose functions of these names fail so. */
  const guarded = <T extends object>(whole: T, keys: readonly (keyof T)[], more: object = {}): T => {
    const guards = keys.flatMap((key) => {
      const own = whole[key] as ((...words: unknown[]) => unknown) | undefined;
      if (own === undefined) return [];
      const guard = (...words: unknown[]) => {
        try {
          const given = own.apply(whole, words);
          return given instanceof Promise ? given.catch(fail) : given;
        } catch (error) {
          return fail(error);
        }
      };
      return [[key, guard]];
    });
    return Object.assign(Object.create(whole), Object.fromEntries(guards), more);
  };
  const { notes, findings, remarks = [] } = task;
  return guarded(task, functions, {
    named,
    notes: notes.map((one) => guarded(one, ['holds'])),
    findings: findings.map((one) => guarded(one, ['fault', 'sentence'])),
    remarks: remarks.map((one) => guarded(one, ['sentence'])),
  });
}
