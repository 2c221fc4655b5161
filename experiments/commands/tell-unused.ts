import type { StudyConfig } from '../config/config-kind.ts';
import type { Task } from '../engine/task.ts';

type Study = { readonly task: Pick<Task, 'unused'>; readonly config: StudyConfig };

/** Says of settings that nothing reads that they are set for nothing. */
export function tellUnused(studies: readonly Study[]): void {
  for (const line of unusedLines(studies)) console.error(line);
}

/** `note: training.loss: every method … has a loss of its own`; of several studies, what none of them reads. */
export function unusedLines(studies: readonly Study[]): string[] {
  const told = studies.map(({ task, config }) => task.unused?.(config) ?? []);
  const keyOf = (line: string) => line.slice(0, line.indexOf(':'));
  return (told[0] ?? [])
    .filter((line) => told.every((lines) => lines.some((other) => keyOf(other) === keyOf(line))))
    .map((line) => `note: ${keyOf(line)} is read by nothing${line.slice(keyOf(line).length)}`);
}
