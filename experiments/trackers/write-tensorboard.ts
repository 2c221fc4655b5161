import { join } from 'node:path';
import { makeFolder } from '../../src/data/make-folder.ts';
import { cannot } from '../../src/data/system-error.ts';
import { eventFile } from '../../src/data/tensorboard/tensorboard-events.ts';
import { writeAtomic } from '../../src/data/write-atomic.ts';
import type { StoredRun } from '../records/stored-run.ts';
import { seriesOf, trialsOf } from './trial.ts';

/**
 * Writes TensorBoard event files, `folder/<run>/<method>/seed-<seed>/events.out.tfevents.…`: losses by step, test metrics at the last one.
 * A run written before is written again, over itself.
 * @returns how many trials were written
 */
export async function writeTensorboard(folder: string, runs: readonly StoredRun[]): Promise<number> {
  let written = 0;
  for (const run of runs)
    for (const trial of await trialsOf(run)) {
      const place = join(folder, run.id.replaceAll('/', '_'), trial.method, `seed-${trial.seed}`);
      const seconds = trial.finished / 1000;
      const events = [...seriesOf(trial)].flatMap(([tag, points]) => points.map((point) => ({ tag, ...point })));
      await makeFolder(place).catch(cannot(`write "${place}"`));
      await writeAtomic(join(place, `events.out.tfevents.${Math.floor(seconds)}.counterrank`), eventFile(events, seconds));
      written++;
    }
  return written;
}
