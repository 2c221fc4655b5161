import { fitScaling, noScaling, type ScalingMethod, scaleFeatures } from '../../../src/data/scale-features.ts';
import { decodeOptions } from '../../../src/decode-options.ts';
import { onnxScorer } from '../../../src/models/onnx-scorer.ts';
import type { Scorer } from '../../../src/models/scorer.ts';
import { newMlp, scorers } from '../../../src/models/scorers.ts';
import { createRng } from '../../../src/random/rng.ts';
import { openBackend } from '../../../src/tensor/backend.ts';
import { openOnnxRuntime } from '../../../src/tensor/onnx-network.ts';
import { runOnnx } from './run-onnx.ts';

const F = 5;
const D = 60;
const rng = createRng('onnx');
beforeAll(() => openBackend('wasm'));

/** Raw features, heavy-tailed, of both signs, the last of them constant. */
const raw = Float32Array.from({ length: D * F }, (_, i) => (i % F === F - 1 ? 3 : (rng.next() - 0.4) * 10 ** (3 * rng.next())));
const set = { queryIds: ['q'], docIds: [], offsets: Uint32Array.of(0, D), features: raw, featureCount: F, labels: new Float32Array(D) };

const make: Readonly<Record<string, () => Scorer>> = {
  linear: () => scorers.linear.create({}, F, rng),
  'elu, two layers': () => newMlp({ hidden: [7, 3], activation: 'elu' }, F, rng),
  relu: () => newMlp({ hidden: [5], activation: 'relu' }, F, rng),
  'tanh, layers normalised': () => newMlp({ hidden: [6, 4], activation: 'tanh', layerNorm: true }, F, rng),
};
function drawn(name: string): Scorer {
  const scorer = make[name]();
  scorer.parameters.forEach((_, p) => {
    scorer.parameters[p] = rng.next() - 0.5;
  });
  return scorer;
}

const runtime = (() => {
  try {
    return openOnnxRuntime();
  } catch (error) {
    console.warn(`models are run by the interpreter of these tests alone: ${(error as Error).message}`);
    return null;
  }
})();

describe.each(Object.keys(make))('%s', (name) => {
  test.each(['none', 'min-max', 'standardise', 'log-standardise'] as ScalingMethod[])(
    'scores raw features as the model does those scaled by %s',
    (method) => {
      const scorer = drawn(name);
      const scaling = fitScaling(set, method);
      const small = method === 'none' ? raw.map((x) => x / 1000) : raw;
      const expected = scorer.score(scaleFeatures({ ...set, features: small }, scaling).features);
      const { values, names, operatorSet } = runOnnx(onnxScorer(scorer, scaling), { shape: [D, F], values: [...small] });
      expect([names, operatorSet, values.length]).toEqual([['features', 'scores'], 13, D]);
      values.forEach((value, d) => {
        expect(Math.abs(value - expected[d])).toBeLessThan(1e-5 * Math.max(1, Math.abs(expected[d])));
      });
    },
  );
});

(runtime === null ? test.skip : test)('ONNX Runtime opens and scores it alike', async () => {
  const { createRequire } = await import('node:module');
  const { InferenceSession, Tensor } = createRequire(import.meta.url)('onnxruntime-node');
  const scorer = drawn('tanh, layers normalised');
  const scaling = fitScaling(set, 'log-standardise');
  const session = await InferenceSession.create(onnxScorer(scorer, scaling));
  const { scores } = await session.run({ features: new Tensor('float32', raw, [D, F]) });
  const expected = scorer.score(scaleFeatures(set, scaling).features);
  expected.forEach((value, d) => {
    expect(scores.data[d]).toBeCloseTo(value, 4);
  });
});

test.each(['none', 'standardise', 'log-standardise'] as ScalingMethod[])(
  'missing values are filled as the scaling by %s says',
  (method) => {
    const scorer = drawn('linear');
    const gaps = raw.map((x, i) => (i % 7 === 3 ? Number.NaN : x / 1000));
    const scaling = fitScaling({ ...set, features: gaps }, method, 'mean');
    const expected = scorer.score(scaleFeatures({ ...set, features: gaps }, scaling).features);
    const { values } = runOnnx(onnxScorer(scorer, scaling), { shape: [D, F], values: [...gaps] });
    values.forEach((value, d) => {
      expect(Math.abs(value - expected[d])).toBeLessThan(1e-5 * Math.max(1, Math.abs(expected[d])));
    });
  },
);

test('trees and scorers of whole lists are refused with what to do', () => {
  for (const name of ['gradient-boosted-trees', 'transformer'] as const) {
    const { options, create } = scorers[name];
    const made = (create as (of: object, F: number, by: typeof rng) => Scorer)(decodeOptions('ranker', options, {}), F, rng);
    expect(() => onnxScorer(made, noScaling(F))).toThrow(/no ONNX model of a .*: it is written of linear and mlp/);
  }
});
