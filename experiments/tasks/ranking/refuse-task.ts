import { UsageError } from '../../../src/errors.ts';

/** For commands that know ranking only: one line instead of a fault for every key. @throws UsageError for a config with a `task` */
export function refuseTask(input: unknown, source: string): void {
  if (typeof input === 'object' && input !== null && 'task' in input)
    throw new UsageError(
      `${source}: task: ${JSON.stringify(input.task)} is for counterrank run, sweep, simulate, bias-variance and validate; this command takes a comparison of rankers, which has no task`,
    );
}
