import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { readModel } from '../../../experiments/tasks/ranking/read-model.ts';
import { DataError, UsageError } from '../../../src/errors.ts';
import { type PairModelContext, pairModels } from '../../../src/models/pair-models.ts';
import { loadRecommender, type StoredRecommender, saveRecommender } from '../../../src/models/save-recommender.ts';
import { createRng } from '../../../src/random/rng.ts';
import { openBackend } from '../../../src/tensor/backend.ts';
import { temporaryFolder } from '../data/temporary-folder.ts';

const folder = temporaryFolder();
beforeAll(() => openBackend('cpu'));

const [U, I] = [7, 5];
const rng = createRng('save');
const features = (rows: number, width: number) => ({ values: Float32Array.from({ length: rows * width }, () => rng.next() - 0.5), width });
const context = (changes: Partial<PairModelContext> = {}): PairModelContext => ({
  users: U,
  items: I,
  optimiser: { name: 'adam', learningRate: 0.1, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  l2: 1e-3,
  userFeatures: null,
  itemFeatures: null,
  ...changes,
});
const factors = (biases: boolean) =>
  pairModels['matrix-factorisation'].create({ dimension: 6, biases, initialScale: 0.5, initialBias: -1 }, context(), createRng('start'));
const network = (changes: Partial<PairModelContext>) =>
  pairModels['feature-mlp'].create({ hidden: [4, 3], activation: 'tanh', layerNorm: true }, context(changes), createRng('start'));
const users = Uint32Array.from({ length: U * I }, (_, at) => Math.floor(at / I));
const items = Uint32Array.from({ length: U * I }, (_, at) => at % I);
const derivative = Float32Array.from(users, (u, at) => Math.sin(u + 2 * items[at]));
const names = (count: number, of: string) => Array.from({ length: count }, (_, k) => `${of}, "${k}"`);
const [userIds, itemIds] = [names(U, 'user'), names(I, 'item')];
const make = {
  'factors with biases': () => factors(true),
  'factors without biases': () => factors(false),
  'network of features of both': () => network({ userFeatures: features(U, 3), itemFeatures: features(I, 2) }),
  'network of features of items': () => network({ itemFeatures: features(I, 2) }),
};
const save = async (name: string, model = make['factors with biases'](), changes: Partial<StoredRecommender> = {}) => {
  if (!model.stored) throw new Error('a model of the registry that cannot be stored');
  await saveRecommender(folder.in(name), { model: model.stored(), prediction: 'sigmoid', userIds, itemIds, ...changes });
  return folder.in(name);
};

test.each(Object.keys(make) as (keyof typeof make)[])(
  '%s: scores are the same to the last bit after training and reading',
  async (name) => {
    const model = make[name]();
    for (let step = 0; step < 3; step++) model.step(users, items, U * I, derivative);
    const loaded = await loadRecommender(await save(name, model));
    const [before, after] = [new Float32Array(U * I), new Float32Array(U * I)];
    model.score(users, items, U * I, before);
    loaded.scores(users, items, U * I, after);
    expect(new Set(before).size).toBeGreaterThan(I - 1);
    expect(new Uint32Array(after.buffer)).toEqual(new Uint32Array(before.buffer));
    expect([loaded.userIds, loaded.itemIds]).toEqual([userIds, itemIds]);
    expect(loaded.scoreOf('user, "3"', 'item, "4"')).toBe(before[3 * I + 4]);
    expect(loaded.predict?.(0)).toBe(0.5);
  },
);

test('the folder says what its numbers are: factors can be read without this package', async () => {
  const model = make['factors with biases']();
  const path = await save('by hand', model, { prediction: null });
  expect(readdirSync(path).sort()).toEqual(['ids.json', 'recommender.json', 'weights.bin']);
  const manifest = JSON.parse(readFileSync(`${path}/recommender.json`, 'utf8'));
  expect(manifest).toMatchObject({
    format: 'counterrank-recommender',
    version: 1,
    model: { name: 'matrix-factorisation', biases: true, users: { rows: U, width: 7 }, items: { rows: I, width: 7 } },
    prediction: null,
  });
  const bytes = readFileSync(`${path}/weights.bin`);
  const value = (at: number) => bytes.readFloatLE(4 * at);
  const row = (start: number, of: number) => Array.from({ length: 7 }, (_, f) => value(start + 7 * of + f));
  const [p, q, a] = [row(0, 2), row(7 * U, 3), value(7 * (U + I))];
  const expected = a + p[6] + q[6] + p.slice(0, 6).reduce((sum, v, f) => sum + v * q[f], 0);
  const loaded = await loadRecommender(path);
  expect(loaded.scoreOf(userIds[2], itemIds[3])).toBeCloseTo(expected, 6);
  expect(loaded.predict).toBeNull();
});

test('a user or item that training did not know is a usage error; so is a recommender where a ranker is asked for', async () => {
  const path = await save('unknown');
  const { scoreOf } = await loadRecommender(path);
  expect(() => scoreOf('nobody', itemIds[0])).toThrow(/^no user "nobody" in the model of /);
  expect(() => scoreOf(userIds[0], 'nothing')).toThrow(UsageError);
  await expect(readModel(path)).rejects.toThrow(/holds a recommender, which scores users and items.*loadRecommender/);
});

describe('what is missing or damaged is a DataError that names the file', () => {
  const edited = (from: string, to: string) => (content: Buffer) => content.toString().replace(from, to);
  test.each<[string, string, (content: Buffer) => string | Uint8Array, RegExp]>([
    ['weights cut short', 'weights.bin', (bytes) => bytes.subarray(0, 8), /weights\.bin: .*checksum/],
    ['one bit of the weights', 'weights.bin', (bytes) => bytes.map((byte, i) => (i === 5 ? byte ^ 1 : byte)), /weights\.bin: .*checksum/],
    ['no JSON', 'recommender.json', (text) => text.subarray(0, 40), /recommender\.json: not JSON/],
    ['another version', 'recommender.json', edited('"version": 1', '"version": 2'), /recommender\.json: not a model/],
    ['biases taken away', 'recommender.json', edited('"biases": true', '"biases": false'), /weights\.bin: expected at most \d+ bytes/],
    [
      'an id too few',
      'ids.json',
      (text) => JSON.stringify({ users: JSON.parse(`${text}`).users.slice(1), items: itemIds }),
      /expected ids of 7 users, got 6/,
    ],
  ])('%s', async (what, file, change, message) => {
    const path = await save(what);
    const damaged = change(readFileSync(`${path}/${file}`));
    expect(Buffer.from(damaged)).not.toEqual(readFileSync(`${path}/${file}`));
    writeFileSync(`${path}/${file}`, damaged);
    const attempt = loadRecommender(path);
    await expect(attempt).rejects.toThrow(DataError);
    await expect(attempt).rejects.toThrow(message);
  });
});

test.each(['recommender.json', 'ids.json', 'weights.bin'])('a pipe in the place of %s is not waited for', async (file) => {
  const path = await save(`pipe ${file}`);
  rmSync(`${path}/${file}`);
  execFileSync('mkfifo', [`${path}/${file}`]);
  await expect(loadRecommender(path)).rejects.toThrow(`${file}: is no file, but a pipe or a device; save the model again`);
});
