import { constants } from 'node:os';
import { runSweep, type SweepOutcome } from '../sweep/run-sweep.ts';
import type { Shard } from '../sweep/shard.ts';
import type { SweepFile } from '../sweep/sweep-file.ts';
import { plural } from '../sweep/sweep-lines.ts';
import { Incomplete } from '../terminal/fail.ts';
import { createProgress } from '../terminal/progress.ts';
import { tell } from '../terminal/wrap-words.ts';
import type { TrackerFolders } from '../trackers/track-runs.ts';
import { tellCollected } from './sweep-collect.ts';

export interface PerformOptions extends TrackerFolders {
  readonly jobs: number;
  readonly retries: number;
  readonly failFast?: boolean;
  readonly quiet?: boolean;
  readonly untold?: boolean; // whoever asks tells what came out
  readonly json?: boolean;
}

/** A terminal that is closed ends the sweep at once; its workers see that and end too. */
const endings = ['SIGINT', 'SIGTERM'] as const;

/**
 * Does the runs of a sweep and tells how it ended: with the table when all runs are finished.
 * @throws Incomplete with the failed runs and their logs, or when it was interrupted
 */
export async function performSweep(folder: string, sweep: SweepFile, options: PerformOptions, shard?: Shard): Promise<void> {
  const { jobs, retries, failFast = false, quiet = false } = options;
  const progress = createProgress(process.stderr, quiet);
  const stop = new AbortController();
  const onSignal = (signal: NodeJS.Signals) => stop.abort(signal);
  for (const signal of endings) process.on(signal, onSignal);
  let outcome: SweepOutcome;
  try {
    const part = shard ? { shard } : {};
    const onDamaged = (damage: string) => console.error(`note: ${damage.split(';')[0]}; the run is done again`);
    const { onProgress } = progress;
    outcome = await runSweep(folder, sweep, { jobs, retries, failFast, onProgress, onDamaged, signal: stop.signal, ...part });
  } finally {
    progress.finish();
    for (const signal of endings) process.off(signal, onSignal);
  }
  const { finished, total, failed, complete, interrupted } = outcome;
  const counted = `${finished} of ${plural(total, 'run')} finished`;
  if (interrupted !== null)
    throw new Incomplete(`interrupted: ${counted}; counterrank sweep ${folder} goes on`, 128 + constants.signals[interrupted]);
  if (failed.length > 0) {
    const lines = failed.map(({ id, error }) => `  ${id}: ${error?.split('\n')[0]}\n    ${folder}/failed/${id}/log.txt`);
    const untried = total - finished - failed.length;
    const rest = untried > 0 ? `, ${untried} not begun` : '';
    throw new Incomplete(`${counted}, ${failed.length} failed${rest}:\n${lines.join('\n')}\ncounterrank sweep ${folder} tries them again`);
  }
  if (finished < total) throw new Incomplete(`${counted}: others have gone since; counterrank sweep ${folder} does them again`, 3);
  if (complete && options.untold === true) return;
  if (complete) await tellCollected(folder, sweep, options, options.json === true);
  else if (options.json) console.log(JSON.stringify({ folder, finished, total }, null, 2));
  else tell(`${counted} in this part; counterrank sweep status ${folder} tells of the others`);
}
