import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { writeAtomic } from '../../src/data/write-atomic.ts';
import { UsageError } from '../../src/errors.ts';
import { plainWeights } from '../../src/models/plain-weights.ts';
import { openBackend } from '../../src/tensor/backend.ts';
import { writeNewFile } from '../records/new-folder.ts';
import { readModel } from '../tasks/ranking/read-model.ts';

/** Writes a saved model as plain weights, for `score` of `counterrank/score`. @returns what was written, in words */
export async function exportPlainWeights(folders: readonly string[], file: string): Promise<string> {
  const [folder, ...others] = folders;
  if (others.length > 0) throw new UsageError(`--plain-weights writes one model, and ${folders.length} folders are named; name one`);
  const isRun = (await stat(join(folder, 'study.json')).catch(() => null)) !== null;
  if (isRun)
    throw new UsageError(
      `"${folder}" is a run, and --plain-weights writes one model of it; name it: ${join(folder, 'models')}/SEED/METHOD`,
    );
  const { scorer, scaling } = await readModel(folder, undefined, async () => void (await openBackend('auto')));
  const plain = plainWeights(scorer, scaling);
  await writeNewFile(file, (free) => writeAtomic(file, `${JSON.stringify(plain)}\n`, free));
  return `${file}: ${scorer.name} of ${scorer.featureCount} features; score(model, features) of counterrank/score reads it`;
}
