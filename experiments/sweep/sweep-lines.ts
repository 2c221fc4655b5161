import { duration } from '../terminal/progress.ts';
import { commandLine } from '../terminal/shell-words.ts';
import type { SweepPlan } from './plan-sweep.ts';
import { type RunInState, type RunState, runStates } from './sweep-state.ts';

const mark: Readonly<Record<RunState, string>> = { finished: '✓', running: '…', failed: '✗', waiting: ' ' };

/** One line per run: its number, state, folder name and overrides. */
export function runLines(states: readonly RunInState[]): string[] {
  const width = Math.max(...states.map(({ run }) => run.id.length));
  return states.map(
    ({ run, state }, i) =>
      `${String(i + 1).padStart(String(states.length).length)} ${mark[state]} ${run.id.padEnd(width)}  ${commandLine(run.overrides)}`,
  );
}

/** `30 runs: 12 finished, 1 failed, 17 waiting`. */
export function countLine(states: readonly RunInState[]): string {
  const counts = runStates.map((state) => [states.filter((run) => run.state === state).length, state] as const);
  return `${plural(states.length, 'run')}: ${counts
    .filter(([count]) => count > 0)
    .map(([count, state]) => `${count} ${state}`)
    .join(', ')}`;
}

/** What a plan made of the combinations asked for; empty where it took them all. */
export function planNotes({ skipped, repeated }: Pick<SweepPlan, 'skipped' | 'repeated'>): string[] {
  return [
    ...(skipped > 0 ? [`${plural(skipped, 'combination')} left out by conditions`] : []),
    ...(repeated > 0 ? [`${plural(repeated, 'combination')} left out that gave the same config as another`] : []),
  ];
}

/** How long what is left will take. @param mean seconds of a finished run; null where none is finished */
export function timeLine(states: readonly RunInState[], mean: number | null, jobs: number): string {
  const left = states.filter(({ state }) => state !== 'finished').length;
  if (left === 0) return 'nothing left to do';
  if (mean === null) return 'no run is finished yet, so nothing is known of the time it takes';
  return `${mean.toFixed(1)} s a finished run: about ${duration((left * mean) / Math.min(jobs, left))} left for ${plural(left, 'run')} in ${plural(jobs, 'process', 'processes')}`;
}

export const plural = (count: number, one: string, many = `${one}s`): string => `${count} ${count === 1 ? one : many}`;
