import { UsageError } from '../../src/errors.ts';
import { type BackendChoice, type BackendReport, openBackend, useThreads } from '../../src/tensor/backend.ts';
import type { StudyConfig } from '../config/config-kind.ts';
import type { Task } from './task.ts';

/**
 * Opens the tensor backend that a study runs on; null where it needs none and none was asked for: opening one takes a fifth of a second. What plugins
 * need is not known, so with them one is open.
 */
export async function taskBackend(task: Task, config: StudyConfig, choice: BackendChoice = config.backend): Promise<BackendReport | null> {
  const needed = choice !== 'auto' || (config.plugins ?? []).length > 0 || (task.usesTensors?.(config) ?? true);
  return needed ? openBackend(choice) : null;
}

/** The same with so many threads. @throws UsageError where the study needs no backend, or its backend takes no threads */
export async function threadedBackend(
  task: Task,
  config: StudyConfig,
  choice: BackendChoice | undefined,
  threads: number,
): Promise<BackendReport> {
  const report = await taskBackend(task, config, choice);
  if (report === null) throw new UsageError(`${threads} threads: nothing here trains a network (ranker: mlp); leave out --threads`);
  useThreads(threads);
  return { ...report, threads };
}
