import { join } from 'node:path';
import { writeAtomic } from '../data/write-atomic.ts';
import { DataError, UsageError } from '../errors.ts';
import { type PredictionName, predictions } from '../losses/predictions.ts';
import { array, boolean, type Decoded, integer, literal, nullable, picklist, strictObject, string, variant } from '../schema.ts';
import { factorScores } from './factor-scores.ts';
import { featurePairModel } from './feature-pair-model.ts';
import { checksum, encodeFloats, makeModelFolder, readFloats, readModelJson } from './model-files.ts';
import { architectureSchema } from './model-json.ts';
import type { PairModel, StoredPairModel, StoredRows } from './pair-model.ts';
import { buildScorer } from './scorers.ts';

/** A model of pairs with the users and items that it scores, and what its scores stand for. */
export interface StoredRecommender {
  readonly model: StoredPairModel;
  readonly prediction: PredictionName | null; // of the score; null where it only ranks
  readonly userIds: readonly string[]; //        by index
  readonly itemIds: readonly string[];
}

/** A recommender as read back. */
export interface LoadedRecommender {
  readonly userIds: readonly string[];
  readonly itemIds: readonly string[];
  /** out[b] = score of the pair of users[b] and items[b], by index, for b < count; higher is better. */
  readonly scores: PairModel['score'];
  /** The score of one pair by its ids. @throws UsageError for a user or item that training did not know */
  scoreOf(userId: string, itemId: string): number;
  /** Of a score: the probability, or rating on [0, 1], that it stands for; null where it only ranks. */
  readonly predict: ((score: number) => number) | null;
}

// the order of numbers in weights.bin: users, items, the bias of all pairs; or parameters, features of users, features of items
const shape = strictObject({ rows: integer(1), width: integer(1) });
const schema = strictObject({
  format: literal('counterrank-recommender'),
  version: literal(1),
  model: variant('name', [
    strictObject({ name: literal('matrix-factorisation'), biases: boolean(), users: shape, items: shape }),
    strictObject({ name: literal('feature-mlp'), architecture: architectureSchema, users: nullable(shape), items: nullable(shape) }),
  ]),
  prediction: nullable(picklist(Object.keys(predictions) as PredictionName[])),
  sha256: string(), // of weights.bin
});
type Manifest = Decoded<typeof schema>;
const idsSchema = strictObject({ users: array(string()), items: array(string()) });

/**
 * Writes a recommender into a folder (made where there is none): `ids.json`, the ids of users and items by index; `weights.bin`, all numbers
 * as little-endian float32, row by row; and, last, `recommender.json`, which says what they are:
 * - matrix-factorisation: rows p_u of the users, then q_i of the items, each ending with its bias where there are biases, then the bias a of
 *   all pairs; score p_u · q_i + b_u + c_i + a.
 * - feature-mlp: the parameters of the network, layer by layer kernel (inputs × outputs) then bias, then the features of users and of items.
 *
 * @throws UsageError when the folder cannot be written
 */
export async function saveRecommender(folder: string, { model, prediction, userIds, itemIds }: StoredRecommender): Promise<void> {
  const bytes = encodeFloats(partsOf(model));
  await makeModelFolder(folder);
  await writeAtomic(join(folder, 'ids.json'), `${JSON.stringify({ users: userIds, items: itemIds })}\n`);
  await writeAtomic(join(folder, 'weights.bin'), bytes);
  const manifest: Manifest = {
    format: 'counterrank-recommender',
    version: 1,
    model: described(model),
    prediction,
    sha256: checksum(bytes),
  };
  await writeAtomic(join(folder, 'recommender.json'), `${JSON.stringify(manifest, null, 2)}\n`);
}

/**
 * Reads what {@link saveRecommender} wrote; scores are the same to the last bit.
 * @throws DataError when a file is missing or damaged, UsageError when the model needs a tensor backend and none is open
 */
export async function loadRecommender(folder: string): Promise<LoadedRecommender> {
  const [by, idsFile] = [join(folder, 'recommender.json'), join(folder, 'ids.json')];
  const { model, prediction, sha256 } = await readModelJson(by, schema);
  const { users: userIds, items: itemIds } = await readModelJson(idsFile, idsSchema);
  for (const [ids, rows, what] of [
    [userIds, model.users?.rows, 'users'],
    [itemIds, model.items?.rows, 'items'],
  ] as const)
    if (rows !== undefined && rows !== ids.length)
      throw new DataError(`expected ids of ${rows} ${what}, got ${ids.length}; save the model again`, { file: idsFile });
  const count = sizesOf(model).reduce((sum, size) => sum + size, 0);
  const scores = scoresOf(model, await readFloats(join(folder, 'weights.bin'), { by, count, sha256 }));
  const [userIndex, itemIndex] = [userIds, itemIds].map((ids) => new Map(ids.map((id, index) => [id, index])));
  const indexIn = (index: ReadonlyMap<string, number>, id: string, what: string): number => {
    const found = index.get(id);
    if (found === undefined) throw new UsageError(`no ${what} "${id}" in the model of "${folder}"`);
    return found;
  };
  return {
    userIds,
    itemIds,
    scores,
    scoreOf(userId, itemId) {
      const out = new Float32Array(1);
      scores(Uint32Array.of(indexIn(userIndex, userId, 'user')), Uint32Array.of(indexIn(itemIndex, itemId, 'item')), 1, out);
      return out[0];
    },
    predict: prediction && predictions[prediction],
  };
}

/** The arrays of weights.bin in their order. */
const partsOf = (model: StoredPairModel): Float32Array[] =>
  model.name === 'matrix-factorisation'
    ? [model.users.values, model.items.values, model.common ?? none]
    : [model.parameters, model.users?.values ?? none, model.items?.values ?? none];
const none = new Float32Array(0);

const shapeOf = ({ values, width }: StoredRows) => ({ rows: values.length / width, width });

function described(model: StoredPairModel): Manifest['model'] {
  const { name } = model;
  if (name === 'matrix-factorisation')
    return { name, biases: model.common !== null, users: shapeOf(model.users), items: shapeOf(model.items) };
  const architecture = { ...model.architecture } as Extract<Manifest['model'], { name: 'feature-mlp' }>['architecture'];
  return { name, architecture, users: model.users && shapeOf(model.users), items: model.items && shapeOf(model.items) };
}

/** Lengths of the arrays of weights.bin. */
function sizesOf(model: Manifest['model']): number[] {
  const rows = [model.users, model.items].map((one) => (one === null ? 0 : one.rows * one.width));
  return model.name === 'matrix-factorisation'
    ? [...rows, Number(model.biases)]
    : [buildScorer(model.architecture).parameters.length, ...rows];
}

function scoresOf(model: Manifest['model'], values: Float32Array): PairModel['score'] {
  const sizes = sizesOf(model);
  const startOf = (k: number) => sizes.slice(0, k).reduce((sum, size) => sum + size, 0);
  const parts = sizes.map((size, k) => values.subarray(startOf(k), startOf(k) + size));
  const rows = (part: Float32Array, of: { readonly width: number } | null): StoredRows | null => of && { values: part, width: of.width };
  if (model.name === 'matrix-factorisation') {
    const [users, items, common] = parts;
    return factorScores({
      users: { values: users, width: model.users.width },
      items: { values: items, width: model.items.width },
      common: model.biases ? common : null,
    });
  }
  const [parameters, users, items] = parts;
  const scorer = buildScorer(model.architecture);
  scorer.parameters.set(parameters);
  const untrained = { name: 'none', step: () => {} };
  return featurePairModel(
    rows(users, model.users),
    rows(items, model.items),
    () => scorer,
    () => untrained,
    0,
  ).score;
}
