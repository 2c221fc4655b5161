import { join } from 'node:path';
import { readRegular } from '../data/read-regular.ts';
import { isSystemError, systemReason } from '../data/system-error.ts';
import { writeAtomic } from '../data/write-atomic.ts';
import { DataError, UsageError } from '../errors.ts';
import { readLightGbm } from '../trees/read-lightgbm.ts';
import { lightGbmText } from '../trees/write-lightgbm.ts';
import { isEmbedding } from './embedding.ts';
import type { StoredIds } from './id-vocabulary.ts';
import { checksum, encodeFloats, makeModelFolder, readDescribed, readFloats, readModelJson } from './model-files.ts';
import { anyModelJson, idsJsonSchema, modelJson, type TreesJson, type WeightedScorer } from './model-json.ts';
import type { Scorer } from './scorer.ts';
import { buildScorer, needsTensors, type Rankers, scorers } from './scorers.ts';
import { isTreeEnsemble, type TreeEnsemble, treeEnsemble } from './tree-ensemble.ts';

/**
 * Writes a scorer into a folder (made where there is none) in the layout of a TensorFlow.js layers model: `weights.bin`, all parameters as
 * little-endian float32, and `model.json`, which names them. Each file is written beside, then renamed; `model.json`, which carries the
 * weights' checksum, comes last. Of trees, `model.txt` is a model file of LightGBM, and `model.json` has its checksum. Ids that are not hashed are in `ids.json`.
 * @throws UsageError when the folder cannot be written
 */
export async function saveScorer(folder: string, scorer: Scorer): Promise<void> {
  const { file, bytes, json } = isTreeEnsemble(scorer) ? treeFiles(scorer) : weightFiles(scorer as WeightedScorer);
  const ids = isEmbedding(scorer) ? scorer.vocabulary.stored : null;
  await makeModelFolder(folder);
  await writeAtomic(join(folder, file), bytes);
  const idBytes = ids && Buffer.from(`${JSON.stringify({ format: 'counterrank ids', version: 1, ids })}\n`);
  if (idBytes) await writeAtomic(join(folder, idsFile), idBytes);
  await writeAtomic(
    join(folder, 'model.json'),
    `${JSON.stringify(json(checksum(bytes), idBytes ? checksum(idBytes) : undefined), null, 2)}\n`,
  );
}

const idsFile = 'ids.json';

const weightFiles = (scorer: WeightedScorer) => ({
  file: 'weights.bin',
  bytes: encodeFloats([scorer.parameters]),
  json: (sha256: string, ids?: string) => modelJson(scorer, sha256, ids),
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
 * @param openTensors is waited for where a tensor backend may be needed: for networks
 * @throws DataError when a file is missing or damaged, UsageError when the scorer needs a tensor backend and none is open, or a ranker that is none of `rankers`
 */
export async function loadScorer(
  folder: string,
  rankers: Rankers = scorers,
  openTensors: () => Promise<void> = async () => {},
): Promise<Scorer> {
  const manifest = join(folder, 'model.json');
  const described = await readModelJson(manifest, anyModelJson);
  if (described.format === 'lightgbm') {
    const { architecture, sha256 } = described.userDefinedMetadata;
    const file = join(folder, 'model.txt');
    const scorer = scorerOfLightGbm(await readDescribed(file, { by: manifest, sha256 }), file);
    if (scorer.featureCount === architecture.featureCount) return scorer;
    throw new DataError(`not the ${architecture.featureCount} features that "${manifest}" describes; save the model again`, { file });
  }
  const { architecture, sha256, ids } = described.userDefinedMetadata;
  if (needsTensors(architecture)) await openTensors();
  const scorer = buildScorer(architecture, rankers, ids === undefined ? null : await readIds(join(folder, idsFile), manifest, ids));
  scorer.parameters.set(await readFloats(join(folder, 'weights.bin'), { by: manifest, count: scorer.parameters.length, sha256 }));
  return scorer;
}

async function readIds(file: string, by: string, sha256: string): Promise<StoredIds> {
  await readDescribed(file, { by, sha256 });
  return (await readModelJson(file, idsJsonSchema)).ids;
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
