import { join } from 'node:path';
import { writeAtomic } from '../data/write-atomic.ts';
import { checksum, encodeFloats, makeModelFolder, readFloats, readModelJson } from './model-files.ts';
import { modelJson, modelJsonSchema } from './model-json.ts';
import type { Scorer } from './scorer.ts';
import { buildScorer, type Rankers, scorers } from './scorers.ts';

/**
 * Writes a scorer into a folder (made where there is none) in the layout of a TensorFlow.js layers model: `weights.bin`, all parameters as
 * little-endian float32, and `model.json`, which names them. Each file is written beside, then renamed; `model.json`, which carries the
 * weights' checksum, comes last.
 * @throws UsageError when the folder cannot be written
 */
export async function saveScorer(folder: string, scorer: Scorer): Promise<void> {
  const bytes = encodeFloats([scorer.parameters]);
  await makeModelFolder(folder);
  await writeAtomic(join(folder, 'weights.bin'), bytes);
  await writeAtomic(join(folder, 'model.json'), `${JSON.stringify(modelJson(scorer, checksum(bytes)), null, 2)}\n`);
}

/**
 * Builds the scorer that {@link saveScorer} wrote; parameters are the same to the last bit.
 * @param rankers where scorers of architecture `custom` are made
 * @param openTensors is waited for where a tensor backend may be needed: for all but linear ones
 * @throws DataError when a file is missing or damaged, UsageError when the scorer needs a tensor backend and none is open, or a ranker that is none of `rankers`
 */
export async function loadScorer(
  folder: string,
  rankers: Rankers = scorers,
  openTensors: () => Promise<void> = async () => {},
): Promise<Scorer> {
  const manifest = join(folder, 'model.json');
  const {
    userDefinedMetadata: { architecture, sha256 },
  } = await readModelJson(manifest, modelJsonSchema);
  if (architecture.name !== 'linear') await openTensors();
  const scorer = buildScorer(architecture, rankers);
  scorer.parameters.set(await readFloats(join(folder, 'weights.bin'), { by: manifest, count: scorer.parameters.length, sha256 }));
  return scorer;
}
