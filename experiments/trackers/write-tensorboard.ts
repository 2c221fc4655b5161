import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { makeFolder } from '../../src/data/make-folder.ts';
import { checkPathName, pathNameFault } from '../../src/data/path-name.ts';
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
      const place = join(folder, ...[folderName(run.id), trial.method, `seed-${trial.seed}`].map(checkPathName));
      const seconds = trial.finished / 1000;
      const events = [...seriesOf(trial)].flatMap(([tag, points]) => points.map((point) => ({ tag, ...point })));
      await makeFolder(place).catch(cannot(`write "${place}"`));
      await writeAtomic(join(place, `events.out.tfevents.${Math.floor(seconds)}.counterrank`), eventFile(events, seconds));
      written++;
    }
  return written;
}

/** A run that shares its name goes by its path, which may be longer than a name can be: the end, told apart by a hash. */
function folderName(id: string): string {
  const name = id.replaceAll(/[/\\:*?"<>|]/g, '_');
  if (pathNameFault(name) === null) return name;
  const hash = createHash('sha256').update(id).digest('hex').slice(0, 10);
  return `${[...name].slice(-40).join('')}-${hash}`;
}
