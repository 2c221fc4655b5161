import { type BackendChoice, type BackendReport, openBackend } from '../../src/tensor/backend.ts';
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
