import { UsageError } from '../../src/errors.ts';
import { type Described, nearName } from '../../src/registry.ts';
import type { ConfigKinds, StudyConfig } from '../config/config-kind.ts';
import type { Task } from '../engine/task.ts';
import { builtInParts, type Parts } from '../parts/parts.ts';
import type { Presentations } from '../report/presentation.ts';
import { tasks as builtInTasks } from '../tasks/index.ts';
import { checkEntries, type LoadedPlugin } from './check-plugin.ts';
import { type PartKey, partKinds } from './part-kinds.ts';
import { pluginTask } from './plugin-task.ts';

/** A task as a plugin exports it: what it is made of comes in. */
export interface TaskEntry extends Described {
  create(parts: Parts): Task;
}

/** All there is to choose from: what comes with the package, and what plugins add. */
export interface Catalogue extends ConfigKinds {
  readonly parts: Parts;
  readonly tasks: Readonly<Record<string, Task>>;
  readonly presentations: Presentations;
  /** @throws UsageError for a task that is not here */
  taskOf(config: Pick<StudyConfig, 'task'>, source: string): Task;
  kindOf(input: unknown, source: string): Task;
}

const defaultTask = 'ranking';

/** @throws UsageError for an entry that is not as its kind must be, and a name that is taken */
export function createCatalogue(plugins: readonly LoadedPlugin[]): Catalogue {
  const ownTasks = Object.entries(builtInTasks).map(([name, create]) => [name, { create }]);
  const registries: Record<PartKey, Readonly<Record<string, unknown>>> = { ...builtInParts, tasks: Object.fromEntries(ownTasks) };
  for (const plugin of plugins)
    for (const kind of Object.keys(partKinds) as PartKey[])
      registries[kind] = { ...registries[kind], ...checkEntries(plugin, kind, Object.keys(registries[kind]), plugins) };
  const { tasks: entries, ...others } = registries;
  const parts = others as unknown as Parts;
  const tasks = Object.fromEntries(
    Object.entries(entries as Readonly<Record<string, TaskEntry>>).map(([name, { create }]) => {
      const plugin = plugins.find(({ exports }) => Object.hasOwn(exports.tasks ?? {}, name));
      const task = taskNamed(name, create(parts), plugin);
      return [name, plugin === undefined ? task : pluginTask(task, plugin)];
    }),
  );
  const kindOf = (input: unknown, source: string): Task => {
    const task: unknown =
      typeof input === 'object' && input !== null && 'task' in input && input.task !== undefined ? input.task : defaultTask;
    if (typeof task === 'string' && Object.hasOwn(tasks, task)) return tasks[task];
    const known = Object.keys(tasks);
    const near = typeof task === 'string' ? nearName(task, known) : '';
    throw new UsageError(
      `${source}: task: unknown name ${JSON.stringify(task)}${near || ';'} known: ${known.join(', ')}; without a task, rankers are compared, and one of a plugin needs its file (plugins: or --plugin)`,
    );
  };
  return {
    parts,
    tasks,
    plugins: plugins.map(({ path, sha256 }) => ({ path, sha256 })),
    kindOf,
    taskOf: kindOf,
    presentations: (task) => (Object.hasOwn(tasks, task) ? tasks[task] : null),
  };
}

function taskNamed(name: string, task: Task, plugin: LoadedPlugin | undefined): Task {
  if (task.name === name) return task;
  throw new UsageError(
    `${plugin === undefined ? '' : `plugin ${plugin.path}: `}the task exported as "${name}" calls itself "${task.name}"; give it one name`,
  );
}

let own: Catalogue | null = null;
/** What comes with the package. */
export const builtIn = (): Catalogue => (own ??= createCatalogue([]));
