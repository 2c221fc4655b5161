import { buildScorer, needsTensors, scorers } from '../../../src/models/scorers.ts';
import { createRng } from '../../../src/random/rng.ts';
import { safeParse } from '../../../src/schema.ts';
import { openBackend } from '../../../src/tensor/backend.ts';
import { someFeatures, waveLoss } from './numeric-gradient.ts';

const smallTransformer = { layers: 2, heads: 2, width: 4, feedForward: 5, activation: 'elu' } as const;
const create = {
  linear: (seed: string) => scorers.linear.create({}, 3, createRng(seed)),
  mlp: (seed: string) => scorers.mlp.create({ hidden: [6, 4], activation: 'tanh', layerNorm: true, dropout: 0 }, 3, createRng(seed)),
  transformer: (seed: string) => scorers.transformer.create(smallTransformer, 3, createRng(seed)),
};
const features = someFeatures(3 * 8);
const offsets = Uint32Array.of(0, 3, 4, 8);

beforeAll(() => openBackend('wasm'));

test('every scorer of features that is trained by a gradient is in this contract; trees and ids have one of their own', () => {
  expect([...Object.keys(create), 'gradient-boosted-trees', 'embedding'].sort()).toEqual(Object.keys(scorers).sort());
  const needing = Object.keys(scorers).filter((name) => needsTensors({ name, hidden: [] }));
  expect(needing.sort()).toEqual(['mlp', 'transformer']);
  expect(needsTensors({ name: 'embedding', hidden: [8] })).toBe(true);
});

describe.each(Object.entries(create))('%s', (name, make) => {
  test('says what it is', () => {
    const { name: own, featureCount, architecture } = make('a');
    expect({ own, featureCount, architecture }).toMatchObject({ own: name, featureCount: 3, architecture: { name, featureCount: 3 } });
  });

  test('one seed gives one scorer', () => {
    expect(make('a').parameters).toEqual(make('a').parameters);
  });

  test('the loss is seen at the scores, and a small step down its gradient lowers it', () => {
    const scorer = make('a');
    const gradient = new Float32Array(scorer.parameters.length);
    const loss = (): number => scorer.lossGradient(features, waveLoss, gradient, offsets);
    const before = loss();
    const scores = scorer.score(features, offsets);
    expect(before).toBeCloseTo(waveLoss(scores, new Float32Array(scores.length)), 5);
    for (let p = 0; p < gradient.length; p++) scorer.parameters[p] -= 0.001 * gradient[p];
    expect(loss()).toBeLessThan(before);
  });

  test('is built again from its architecture and parameters', () => {
    const scorer = make('a');
    scorer.parameters.forEach((_, p) => {
      scorer.parameters[p] += Math.sin(p);
    });
    const built = buildScorer(scorer.architecture);
    expect(built.parameters.every((value) => value === 0)).toBe(true);
    built.parameters.set(scorer.parameters);
    expect(built.score(features, offsets)).toEqual(scorer.score(features, offsets));
  });
});

test('another seed gives another MLP', () => {
  expect(create.mlp('a').parameters).not.toEqual(create.mlp('b').parameters);
});

test('options have defaults, and unknown ones or empty layers are refused', () => {
  expect(safeParse(scorers.mlp.options, {})).toMatchObject({
    output: { hidden: [64, 32], activation: 'elu', layerNorm: false, dropout: 0 },
  });
  for (const options of [{ hidden: [0] }, { hidden: [1.5] }, { activation: 'gelu' }, { layers: 3 }, { dropout: 1 }])
    expect(safeParse(scorers.mlp.options, options).success).toBe(false);
  expect(safeParse(scorers.linear.options, { hidden: [3] }).success).toBe(false);
});
