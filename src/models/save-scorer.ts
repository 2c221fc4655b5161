import { join } from 'node:path';
import { readRegular } from '../data/read-regular.ts';
import { isSystemError, systemReason } from '../data/system-error.ts';
import { writeAtomic } from '../data/write-atomic.ts';
import { DataError, UsageError } from '../errors.ts';
import { readLightGbm } from '../trees/read-lightgbm.ts';
import { lightGbmText } from '../trees/write-lightgbm.ts';
import { checksum, encodeFloats, makeModelFolder, readDescribed, readFloats, readModelJson } from './model-files.ts';
import { anyModelJson, modelJson, type TreesJson, type WeightedScorer } from './model-json.ts';
import type { Scorer } from './scorer.ts';
import { buildScorer, type Rankers, scorers, withoutTensors } from './scorers.ts';
import { isTreeEnsemble, type TreeEnsemble, treeEnsemble } from './tree-ensemble.ts';

/**
 * Writes a scorer into a folder (made where there is none) in the layout of a TensorFlow.js layers model: `weights.bin`, all parameters as
 * little-endian float32, and `model.json`, which names them. Each file is written beside, then renamed; `model.json`, which carries the
 * weights' checksum, comes last. Of trees, `model.txt` is a model file of LightGBM, and `model.json` has its checksum.
 * @throws UsageError when the folder cannot be written
 */
export async function saveScorer(folder: string, scorer: Scorer): Promise<void> {
  const { file, bytes, json } = isTreeEnsemble(scorer) ? treeFiles(scorer) : weightFiles(scorer as WeightedScorer);
  await makeModelFolder(folder);
  await writeAtomic(join(folder, file), bytes);
  await writeAtomic(join(folder, 'model.json'), `${JSON.stringify(json(checksum(bytes)), null, 2)}\n`);
}

const weightFiles = (scorer: WeightedScorer) => ({
  file: 'weights.bin',
  bytes: encodeFloats([scorer.parameters]),
  json: (sha256: string) => modelJson(scorer, sha256),
});

const treeFiles = (scorer: TreeEnsemble) => ({
  file: 'model.txt',
  bytes: Buffer.from(lightGbmText(scorer.trees(), scorer.featureCount)),
  json: (sha256: string): TreesJson => ({
    format: 'lightgbm',
    generatedBy: 'counterrank',
    userDefinedMetadata: { architecture: scorer.architecture, sha256 },
  }),
});

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
    format,
    userDefinedMetadata: { architecture, sha256 },
  } = await readModelJson(manifest, anyModelJson);
  if (format === 'lightgbm') {
    const file = join(folder, 'model.txt');
    const scorer = scorerOfLightGbm(await readDescribed(file, { by: manifest, sha256 }), file);
    if (scorer.featureCount === architecture.featureCount) return scorer;
    throw new DataError(`not the ${architecture.featureCount} features that "${manifest}" describes; save the model again`, { file });
  }
  if (!withoutTensors.includes(architecture.name)) await openTensors();
  const scorer = buildScorer(architecture, rankers);
  scorer.parameters.set(await readFloats(join(folder, 'weights.bin'), { by: manifest, count: scorer.parameters.length, sha256 }));
  return scorer;
}

const scorerOfLightGbm = (bytes: Buffer, file: string): TreeEnsemble => {
  const { featureCount, trees } = readLightGbm(bytes.toString(), file);
  return treeEnsemble(featureCount, trees);
};

/**
 * The scorer of a model file of LightGBM, whose column f is feature f, from 0: of SVMlight files, that of index f + 1.
 * @throws UsageError when there is none, DataError with the line for one that is not read
 */
export async function readLightGbmScorer(file: string): Promise<TreeEnsemble> {
  try {
    return scorerOfLightGbm(await readRegular(file, 'give a model file of LightGBM'), file);
  } catch (error) {
    throw isSystemError(error) ? new UsageError(`no model in "${file}": ${systemReason(error)}`) : error;
  }
}
