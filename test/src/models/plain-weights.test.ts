import { readFileSync } from 'node:fs';
import { fitScaling, noScaling, type ScalingMethod, scaleFeatures } from '../../../src/data/scale-features.ts';
import { UsageError } from '../../../src/errors.ts';
import { plainWeights } from '../../../src/models/plain-weights.ts';
import type { Scorer } from '../../../src/models/scorer.ts';
import { newMlp, scorers } from '../../../src/models/scorers.ts';
import { treeEnsemble } from '../../../src/models/tree-ensemble.ts';
import { createRng } from '../../../src/random/rng.ts';
import { score } from '../../../src/score.ts';
import { openBackend } from '../../../src/tensor/backend.ts';
import { unscaleTrees } from '../../../src/trees/unscale-trees.ts';
import { boosted, drawn, singles, squares } from '../trees/world.ts';

const F = 4;
const rng = createRng('plain weights');
beforeAll(() => openBackend('wasm'));

/** Raw features of 300 documents, heavy-tailed, of both signs. */
const raw = Float32Array.from({ length: 300 * F }, () => (rng.next() - 0.4) * 10 ** (3 * rng.next()));
const set = (features: Float32Array) => ({
  queryIds: ['q'],
  docIds: [],
  offsets: Uint32Array.of(0, features.length / F),
  features,
  featureCount: F,
  labels: new Float32Array(features.length / F),
});
const withParameters = (scorer: Scorer): Scorer => {
  scorer.parameters.forEach((_, p) => {
    scorer.parameters[p] = rng.next() - 0.5;
  });
  return scorer;
};
/** What JSON keeps of it. */
const stored = (...given: Parameters<typeof plainWeights>) => JSON.parse(JSON.stringify(plainWeights(...given)));

const make: Record<string, () => Scorer> = {
  linear: () => scorers.linear.create({}, F, rng),
  elu: () => newMlp({ hidden: [7, 3], activation: 'elu' }, F, rng),
  relu: () => newMlp({ hidden: [5], activation: 'relu' }, F, rng),
  'tanh, layers normalised': () => newMlp({ hidden: [6, 4], activation: 'tanh', layerNorm: true }, F, rng),
};

describe.each(Object.keys(make))('%s', (name) => {
  test.each(['none', 'min-max', 'standardise', 'log-standardise'] as ScalingMethod[])(
    'scores raw features as the model does those scaled by %s',
    (method) => {
      const scorer = withParameters((make[name] as () => Scorer)());
      const scaling = fitScaling(set(raw), method);
      const features = method === 'none' ? raw.map((value) => value / 1000) : raw;
      const expected = scorer.score(scaleFeatures(set(features), scaling).features);
      const model = stored(scorer, scaling);
      expected.forEach((value, d) => {
        expect(Math.abs(score(model, features.subarray(d * F, (d + 1) * F)) - value)).toBeLessThan(1e-5 * Math.max(1, Math.abs(value)));
      });
    },
  );
});

test('trees, of missing values too, and of features as they are before scaling', () => {
  const features = drawn(200 * F, rng, 2);
  for (let i = 0; i < features.length; i += 7) features[i] = Number.NaN;
  const targets = Array.from({ length: 200 }, () => rng.next() - 0.5);
  const { scorer } = boosted(singles(features, F), squares(targets), { minimumLeafDocuments: 3 }, 5);
  const model = stored(scorer, noScaling(F));
  scorer.score(features).forEach((value, d) => {
    expect(score(model, features.subarray(d * F, (d + 1) * F))).toBeCloseTo(value, 5);
  });
  const scaling = fitScaling(set(raw), 'log-standardise');
  const unscaled = treeEnsemble(F, unscaleTrees(scorer.trees(), scaling));
  const expected = scorer.score(scaleFeatures(set(raw), scaling).features);
  const ofRaw = stored(unscaled, noScaling(F));
  expected.forEach((value, d) => {
    expect(score(ofRaw, raw.subarray(d * F, (d + 1) * F))).toBeCloseTo(value, 5);
  });
});

test('by hand: (x − offset) · factor, a row of weights for each unit, f(sum + bias)', () => {
  const model = {
    format: 'counterrank plain weights',
    version: 1,
    featureCount: 2,
    scaling: { method: 'standardise', offset: [1, 2], factor: [2, 0.5] },
    layers: [
      {
        weights: [
          [1, 1],
          [1, -1],
        ],
        gain: null,
        bias: [0, -3],
        activation: 'relu',
      },
      { weights: [[10, 100]], gain: null, bias: [0.5], activation: 'linear' },
    ],
  } as const;
  expect(score(model, [3, 4])).toBe(10 * 5 + 100 * 0 + 0.5); // scaled 4 and 1
  expect(() => score(model, [1])).toThrow(new RangeError('expected 2 features, got 1'));
});

test('missing values: filled where the model says so, else refused but of trees', () => {
  const layers = [{ weights: [[1, 10]], gain: null, bias: [0], activation: 'linear' }] as const;
  const model = { format: 'counterrank plain weights', version: 1, featureCount: 2, layers } as const;
  const scaling = { method: 'standardise', offset: [1, 2], factor: [2, 0.5] };
  expect(score({ ...model, scaling: { ...scaling, fill: [5, 6] } }, [Number.NaN, Number.NaN])).toBe(2 * (5 - 1) + 10 * 0.5 * (6 - 2));
  expect(() => score({ ...model, scaling }, [1, Number.NaN])).toThrow(/feature 2 is missing \(NaN\), and the model was trained without/);
  const scorer = withParameters(scorers.linear.create({}, F, rng));
  const gaps = raw.map((x, i) => (i % 5 === 0 ? Number.NaN : x));
  const own = fitScaling(set(gaps), 'log-standardise', 'mean');
  const expected = scorer.score(scaleFeatures(set(gaps), own).features);
  const plain = stored(scorer, own);
  expected.forEach((value, d) => {
    expect(score(plain, gaps.subarray(d * F, (d + 1) * F))).toBeCloseTo(value, 4);
  });
});

test("a split of LightGBM's that has 0 missing: what is as near to it as kZeroThreshold, of 32 bits", () => {
  const tree = { feature: [0], threshold: [5], missing: [1], missingLeft: [0], left: [-1], right: [-2], value: [1, 2] };
  const model = { format: 'counterrank plain weights', version: 1, featureCount: 1, scaling: noScaling(1), trees: [tree] } as const;
  const least = Math.fround(1e-35); // a little above 1e-35
  expect([least, -least, 2 * least, Number.NaN].map((x) => score(model, [x]))).toEqual([2, 2, 1, 2]);
});

test('a transformer, which scores documents together, is refused', () => {
  const scorer = scorers.transformer.create({ layers: 1, heads: 1, width: 2, feedForward: 2, activation: 'relu' }, F, rng);
  expect(() => plainWeights(scorer, noScaling(F))).toThrow(UsageError);
});

test('the scoring function imports nothing', () => {
  expect(readFileSync('src/score.ts', 'utf8')).not.toMatch(/\bimport\b|\brequire\b|\bprocess\b/);
});
