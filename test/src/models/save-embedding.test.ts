import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { noScaling, scaleFeatures } from '../../../src/data/scale-features.ts';
import { DataError } from '../../../src/errors.ts';
import { type EmbeddingScorer, newEmbedding } from '../../../src/models/embedding.ts';
import { onnxScorer } from '../../../src/models/onnx-scorer.ts';
import { plainWeights } from '../../../src/models/plain-weights.ts';
import { loadScorer, saveScorer } from '../../../src/models/save-scorer.ts';
import { scoreSet } from '../../../src/models/score-set.ts';
import { createRng } from '../../../src/random/rng.ts';
import { type PlainWeights, score } from '../../../src/score.ts';
import { openBackend } from '../../../src/tensor/backend.ts';
import { temporaryFolder } from '../data/temporary-folder.ts';

beforeAll(() => openBackend('wasm'));
const home = temporaryFolder();

/** Ids that a careless table would mix up: names of what every object has, numbers, one name under two queries. */
const ids = {
  queryIds: ['shoes', '__proto__', '7'],
  docIds: ['red', '__proto__', '10', 'red', 'constructor', '2', 'ünï "quoted"\t'],
  offsets: Uint32Array.of(0, 3, 5, 7),
};
const withFeatures = (named: typeof ids, featureCount: number) => {
  const D = named.docIds.length;
  const features = Float32Array.from({ length: D * featureCount }, (_, i) => 3 * Math.sin(i + 1));
  return { ...named, features, featureCount, labels: new Float32Array(D) };
};
/** Others, some of which it knows. */
const others = { queryIds: ['7', 'toString', 'shoes'], docIds: ['2', 'red', 'valueOf', '10', 'red'], offsets: Uint32Array.of(0, 2, 3, 5) };

const shapes = (['document', 'query-document'] as const).flatMap((of) =>
  (['own', 'hash', 'quotient-remainder'] as const).flatMap((table) =>
    [[], [4, 3]].flatMap((hidden) => [0, 2].map((featureCount) => ({ of, table, hidden, featureCount }))),
  ),
);

function trained({ featureCount, ...shape }: (typeof shapes)[number]): EmbeddingScorer {
  const options = { ...shape, compression: shape.table === 'own' ? 10 : 2, dimension: null, activation: 'relu' as const };
  const scorer = newEmbedding(options, featureCount, createRng('save'), ids);
  scorer.parameters.forEach((_, p) => {
    scorer.parameters[p] = Math.sin(7 * p + 1);
  });
  return scorer;
}

test.each(shapes)('comes back the same, and so do its plain weights: %j', async (shape) => {
  const scorer = trained(shape);
  const folder = home.in(JSON.stringify(shape).replace(/\W/g, ''));
  await saveScorer(folder, scorer);
  expect(readdirSync(folder).sort()).toEqual([...(shape.table === 'hash' ? [] : ['ids.json']), 'model.json', 'weights.bin']);
  const loaded = await loadScorer(folder);
  expect(loaded.architecture).toEqual(scorer.architecture);
  const scaling = { ...noScaling(shape.featureCount), offset: new Array(shape.featureCount).fill(0.5) };
  const model: PlainWeights = JSON.parse(JSON.stringify(plainWeights(scorer, scaling)));
  for (const named of [ids, others]) {
    const raw = withFeatures(named, shape.featureCount);
    const set = scaleFeatures(raw, { ...scaling, method: shape.featureCount === 0 ? 'none' : 'min-max' });
    const scores = scoreSet(scorer, set);
    expect(scoreSet(loaded, set)).toEqual(scores);
    named.queryIds.forEach((query, q) => {
      for (let d = named.offsets[q]; d < named.offsets[q + 1]; d++) {
        const features = raw.features.subarray(d * shape.featureCount, (d + 1) * shape.featureCount);
        expect(score(model, features, { query, document: named.docIds[d] })).toBeCloseTo(scores[d], 4);
      }
    });
  }
});

test('plain weights ask for an id, of pairs for the query too', () => {
  const of = (kind: 'document' | 'query-document') => plainWeights(trained({ ...shapes[0], of: kind }), noScaling(0));
  expect(() => score(of('document'), [])).toThrow(/by their ids: give \{ document \}/);
  expect(() => score(of('query-document'), [], { document: 'red' })).toThrow(/give \{ query, document \}/);
});

test('ONNX has no place for ids, and says where to go', () => {
  expect(() => onnxScorer(trained(shapes[0]), noScaling(0))).toThrow(/embedding.*plain-weights/s);
});

test('a folder whose ids are missing or others is refused', async () => {
  const folder = home.in('tampered');
  await saveScorer(folder, trained(shapes[0]));
  const file = `${folder}/ids.json`;
  writeFileSync(file, readFileSync(file, 'utf8').replace('red', 'rad'));
  await expect(loadScorer(folder)).rejects.toThrow(DataError);
  await expect(loadScorer(folder)).rejects.toThrow(/checksum differs/);
});
