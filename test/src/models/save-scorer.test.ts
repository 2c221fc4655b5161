import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import { DataError, UsageError } from '../../../src/errors.ts';
import { loadScorer, saveScorer } from '../../../src/models/save-scorer.ts';
import type { Scorer } from '../../../src/models/scorer.ts';
import { newMlp, scorers } from '../../../src/models/scorers.ts';
import { createRng } from '../../../src/random/rng.ts';
import { openBackend } from '../../../src/tensor/backend.ts';
import { someFeatures } from './numeric-gradient.ts';

let root: string;
let folder: string;
beforeAll(async () => {
  await openBackend('wasm');
  root = await mkdtemp(join(tmpdir(), 'save-scorer-'));
});
beforeEach(() => {
  folder = join(root, expect.getState().currentTestName?.replace(/\W/g, '-') ?? 'model');
});
afterAll(() => rm(root, { recursive: true }));

/** Parameters that break a writer of text or of the wrong byte order: denormal, −0, the largest, a third. */
const awkward = [1e-45, -0, 3.4028234663852886e38, Math.fround(1 / 3), Math.fround(-Math.PI)];

const make = {
  linear: (): Scorer => scorers.linear.create({}, 3, createRng('save')),
  mlp: (): Scorer => newMlp({ hidden: [5, 2], activation: 'relu' }, 3, createRng('save')),
  normalised: (): Scorer => newMlp({ hidden: [5, 2], activation: 'relu', layerNorm: true }, 3, createRng('save')),
  transformer: (): Scorer =>
    scorers.transformer.create({ layers: 2, heads: 2, width: 4, feedForward: 3, activation: 'tanh' }, 3, createRng('save')),
};

function awkwardScorer(name: keyof typeof make): Scorer {
  const scorer = make[name]();
  scorer.parameters.forEach((_, p) => {
    scorer.parameters[p] = awkward[p % awkward.length];
  });
  return scorer;
}

test.each(['linear', 'mlp', 'normalised', 'transformer'] as const)('%s comes back the same to the last bit', async (name) => {
  const scorer = awkwardScorer(name);
  await saveScorer(join(folder, 'deeper'), scorer);
  expect((await readdir(join(folder, 'deeper'))).sort()).toEqual(['model.json', 'weights.bin']);
  const loaded = await loadScorer(join(folder, 'deeper'));
  expect(loaded.architecture).toEqual(scorer.architecture);
  expect(new Uint32Array(loaded.parameters.buffer)).toEqual(new Uint32Array(scorer.parameters.buffer));
});

test.each(['mlp', 'normalised', 'transformer'] as const)('a loaded %s scores as the saved one, to the bit', async (name) => {
  const scorer = make[name]();
  await saveScorer(folder, scorer);
  const of = [someFeatures(9), Uint32Array.of(0, 1, 3)] as const;
  expect((await loadScorer(folder)).score(...of)).toEqual(scorer.score(...of));
});

test('a normalised MLP is layers of TensorFlow.js, whose weights are the parameters in their order; a transformer is none', async () => {
  await saveScorer(folder, make.normalised());
  const { modelTopology, weightsManifest } = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'));
  expect(modelTopology.config.layers.map((layer: { class_name: string }) => layer.class_name)).toEqual(
    [...Array(2).fill(['Dense', 'LayerNormalization', 'Activation']), 'Dense'].flat(),
  );
  expect(weightsManifest[0].weights.map(({ name, shape }: { name: string; shape: number[] }) => [name, ...shape])).toEqual([
    ...[
      ['dense_1/kernel', 3, 5],
      ['norm_1/gamma', 5],
      ['norm_1/beta', 5],
    ],
    ...[
      ['dense_2/kernel', 5, 2],
      ['norm_2/gamma', 2],
      ['norm_2/beta', 2],
    ],
    ...[
      ['dense_3/kernel', 2, 1],
      ['dense_3/bias', 1],
    ],
  ]);
  await saveScorer(folder, make.transformer());
  expect(JSON.parse(await readFile(join(folder, 'model.json'), 'utf8')).modelTopology).toBe(null);
});

test('saving again replaces the model', async () => {
  await saveScorer(folder, make.mlp());
  await saveScorer(folder, awkwardScorer('linear'));
  expect((await loadScorer(folder)).parameters).toEqual(awkwardScorer('linear').parameters);
});

test('TensorFlow.js reads the weights by the manifest, and they are those of the layers of its topology', async () => {
  const scorer = make.mlp();
  await saveScorer(folder, scorer);
  const { modelTopology, weightsManifest } = JSON.parse(await readFile(join(folder, 'model.json'), 'utf8'));
  const { buffer, byteOffset, byteLength } = await readFile(join(folder, 'weights.bin'));
  const named = tf.io.decodeWeights(buffer.slice(byteOffset, byteOffset + byteLength) as ArrayBuffer, weightsManifest[0].weights);
  const tensors = modelTopology.config.layers.flatMap(
    ({ config }: { config: { name: string; units: number; batch_input_shape: [null, number] } }) => {
      const [kernel, bias] = [named[`${config.name}/kernel`], named[`${config.name}/bias`]];
      expect([kernel.shape, bias.shape]).toEqual([[config.batch_input_shape[1], config.units], [config.units]]);
      return [kernel, bias];
    },
  );
  expect(tensors.length).toBe(Object.keys(named).length);
  expect(Float32Array.from(tensors.flatMap((tensor: tf.Tensor) => [...tensor.dataSync()]))).toEqual(scorer.parameters);
});

describe('what is missing or damaged is a DataError that names the file', () => {
  const damage = async (file: string, change: (content: Buffer) => string | Uint8Array): Promise<void> =>
    writeFile(join(folder, file), change(await readFile(join(folder, file))));
  const edited =
    (from: string, to: string) =>
    (content: Buffer): string => {
      expect(content.toString()).toContain(from);
      return content.toString().replace(from, to);
    };

  test.each<[string, string, (content: Buffer) => string | Uint8Array, RegExp]>([
    ['weights cut short', 'weights.bin', (bytes) => bytes.subarray(0, 8), /weights\.bin: .*checksum/],
    ['one bit of the weights', 'weights.bin', (bytes) => bytes.map((byte, i) => (i === 5 ? byte ^ 1 : byte)), /weights\.bin: .*checksum/],
    ['model.json cut short', 'model.json', (text) => text.subarray(0, 40), /model\.json: not JSON/],
    [
      'an unknown scorer',
      'model.json',
      edited('"name": "mlp",\n      "featureCount"', '"name": "forest",\n      "featureCount"'),
      /not a model/,
    ],
    ['another size', 'model.json', edited('"featureCount": 3', '"featureCount": 4'), /expected \d+ bytes of weights/],
    ['no model', 'model.json', () => '[]', /not a model/],
  ])('%s', async (_, file, change, message) => {
    await saveScorer(folder, make.mlp());
    await damage(file, change);
    const attempt = loadScorer(folder);
    await expect(attempt).rejects.toThrow(DataError);
    await expect(attempt).rejects.toThrow(message);
  });

  test.each(['model.json', 'weights.bin'])('no %s', async (file) => {
    await saveScorer(folder, make.mlp());
    await rm(join(folder, file));
    const attempt = loadScorer(folder);
    await expect(attempt).rejects.toThrow(DataError);
    await expect(attempt).rejects.toThrow(`${file}: cannot read: no such file`);
  });
});

describe('what may never end is not waited for', () => {
  test.each(['model.json', 'weights.bin'])('a pipe in the place of %s', async (file) => {
    await saveScorer(folder, make.linear());
    await rm(join(folder, file));
    execFileSync('mkfifo', [join(folder, file)]);
    await expect(loadScorer(folder)).rejects.toThrow(`${file}: is no file, but a pipe or a device; save the model again`);
  });

  test.each([
    ['model.json', 2 ** 29 - 24],
    ['weights.bin', 4 * (3 + 1)],
  ])('a %s of a terabyte', async (file, most) => {
    await saveScorer(folder, make.linear());
    await truncate(join(folder, file), 2 ** 40);
    await expect(loadScorer(folder)).rejects.toThrow(`${file}: expected at most ${most} bytes, got ${2 ** 40}; save the model again`);
  });
});

test('a place that cannot be written is a UsageError', async () => {
  await mkdir(folder);
  await writeFile(join(folder, 'file'), '');
  await expect(saveScorer(join(folder, 'file', 'model'), make.linear())).rejects.toThrow(UsageError);
});
