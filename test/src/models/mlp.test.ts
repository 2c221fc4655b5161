import * as tf from '@tensorflow/tfjs-core';
import { UsageError } from '../../../src/errors.ts';
import { initialise, mlp } from '../../../src/models/mlp.ts';
import type { Activation, DenseScorer, ScoreLoss } from '../../../src/models/scorer.ts';
import { scorerLayers } from '../../../src/models/scorer-layers.ts';
import { createRng } from '../../../src/random/rng.ts';
import { openBackend } from '../../../src/tensor/backend.ts';
import { layerParameters } from '../../../src/tensor/dense-network.ts';
import { plainDense, registerStockGradients } from '../tensor/stock-gradients.ts';
import { numericGradient, someFeatures, waveLoss } from './numeric-gradient.ts';

const F = 4;
const rows = 9;
const features = someFeatures(rows * F);
const activations: Activation[] = ['elu', 'relu', 'tanh'];
const functions = { elu: (z: number) => (z > 0 ? z : Math.expm1(z)), relu: (z: number) => Math.max(0, z), tanh: Math.tanh };

beforeAll(async () => {
  await openBackend('wasm');
  registerStockGradients();
});

function newMlp(activation: Activation, hidden = [5, 3], block?: number, { layerNorm = false, dropout = 0 } = {}): DenseScorer {
  const drops = dropout > 0 ? { rate: dropout, rng: createRng('dropout') } : null;
  const scorer = mlp({ name: 'mlp', featureCount: F, hidden, activation, ...(layerNorm && { layerNorm }) }, drops, block);
  initialise(scorerLayers(scorer.architecture), scorer.parameters, createRng('mlp-test'));
  for (let p = 0; p < scorer.parameters.length; p++) scorer.parameters[p] += 0.05 * Math.sin(p); // biases too
  return scorer;
}

/** Ba et al. 2016, eq. 3, with ε = 10⁻⁵ beside the variance. */
function standardised(values: number[]): number[] {
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  return values.map((value) => (value - mean) / Math.sqrt(variance + 1e-5));
}

/** Scores by plain loops in double precision. */
function plainScores(scorer: DenseScorer, activation: Activation): number[] {
  const layers = scorerLayers(scorer.architecture);
  return Array.from({ length: rows }, (_, i) => {
    let h = [...features.subarray(i * F, (i + 1) * F)];
    layerParameters(layers, scorer.parameters).forEach(({ weights, gain, bias }, l) => {
      const sums = Array.from(bias, (_, j) => h.reduce((sum, value, k) => sum + value * weights[k * bias.length + j], 0));
      const z = (gain.length > 0 ? standardised(sums).map((value, j) => gain[j] * value) : sums).map((value, j) => value + bias[j]);
      h = l + 1 < layers.length ? z.map(functions[activation]) : z;
    });
    return h[0];
  });
}

describe.each(activations.flatMap((activation) => [false, true].map((layerNorm) => ({ activation, layerNorm }))))(
  'with %j',
  ({ activation, layerNorm }) => {
    const newOne = () => newMlp(activation, [5, 3], undefined, { layerNorm });
    test('scores are the layers by hand', () => {
      const scorer = newOne();
      const scores = scorer.score(features);
      plainScores(scorer, activation).forEach((expected, i) => {
        expect(scores[i]).toBeCloseTo(expected, 5);
      });
    });

    test('gradient agrees with central differences', () => {
      const scorer = newOne();
      const gradient = new Float32Array(scorer.parameters.length);
      scorer.lossGradient(features, waveLoss, gradient);
      numericGradient(scorer, features, waveLoss, 2e-3).forEach((slope, p) => {
        expect(Math.abs(gradient[p] - slope)).toBeLessThan(5e-3 * (1 + Math.abs(slope)));
      });
    });
  },
);

test.each(activations)('loss and gradient agree with plain tensor ops, with %s', (activation) => {
  const scorer = newMlp(activation);
  const layers = scorerLayers(scorer.architecture);
  const gradient = new Float32Array(scorer.parameters.length);
  const loss = scorer.lossGradient(features, waveLoss, gradient);
  const x = tf.tensor2d(features, [rows, F]);
  const a = tf.tensor2d(
    Float32Array.from({ length: rows }, (_, i) => Math.sin(i)),
    [rows, 1],
  );
  const parameters = layerParameters(layers, scorer.parameters).flatMap(({ weights, bias }, l) => [
    tf.tensor2d(weights, [layers[l].inputs, layers[l].outputs]),
    tf.tensor1d(bias),
  ]);
  const { value, grads } = tf.valueAndGrads((...tensors) => {
    const s = layers.reduce(
      (h, layer, l) => plainDense(h, tensors[2 * l] as tf.Tensor2D, tensors[2 * l + 1] as tf.Tensor1D, layer.activation),
      x,
    );
    return tf.sum(tf.add(tf.mul(a, s), tf.mul(tf.mul(s, s), tf.scalar(0.5)))) as tf.Scalar;
  })(parameters);
  expect(loss).toBeCloseTo(value.dataSync()[0], 4);
  const plain = grads.flatMap((tensor) => [...tensor.dataSync()]);
  expect(plain.length).toBe(gradient.length);
  plain.forEach((slope, p) => {
    expect(Math.abs(gradient[p] - slope)).toBeLessThan(1e-4 * (1 + Math.abs(slope)));
  });
});

test('worked off in blocks, scores and gradients are the same', () => {
  const [whole, blocks] = [newMlp('elu'), newMlp('elu', [5, 3], 4)];
  const gradients = [whole, blocks].map((scorer) => {
    const gradient = new Float32Array(scorer.parameters.length).fill(9);
    return { loss: scorer.lossGradient(features, waveLoss, gradient), gradient };
  });
  blocks.score(features).forEach((score, i) => {
    expect(score).toBeCloseTo(whole.score(features)[i], 6);
  });
  expect(gradients[1].loss).toBeCloseTo(gradients[0].loss, 6);
  gradients[1].gradient.forEach((slope, p) => {
    expect(slope).toBeCloseTo(gradients[0].gradient[p], 4);
  });
});

test('no tensor outlives a call, and the wasm heap stops growing', () => {
  const scorer = newMlp('elu', [64, 32]);
  const gradient = new Float32Array(scorer.parameters.length);
  const many = someFeatures(2000 * F);
  const heap = () => (tf.backend() as unknown as { wasm: { HEAPU8: Uint8Array } }).wasm.HEAPU8.length;
  for (let step = 0; step < 5; step++) scorer.lossGradient(many, waveLoss, gradient);
  const [{ numTensors, numDataBuffers }, size] = [tf.memory(), heap()];
  for (let step = 0; step < 100; step++) {
    scorer.lossGradient(many, waveLoss, gradient);
    scorer.score(many);
  }
  expect(tf.memory()).toMatchObject({ numTensors, numDataBuffers });
  expect(heap()).toBe(size);
});

test('a loss that throws leaves no tensor behind either', () => {
  const scorer = newMlp('elu');
  const { numTensors } = tf.memory();
  const gradient = new Float32Array(scorer.parameters.length);
  const failing = () => {
    throw new Error('no such loss');
  };
  expect(() => scorer.lossGradient(features, failing, gradient)).toThrow('no such loss');
  expect(tf.memory().numTensors).toBe(numTensors);
});

test('weights are uniform within the limits of He and Glorot, with their variance; biases are 0', () => {
  const layers = scorerLayers({ name: 'mlp', featureCount: 100, hidden: [80], activation: 'relu' });
  const glorot = scorerLayers({ name: 'mlp', featureCount: 100, hidden: [80], activation: 'tanh' });
  for (const [of, limits] of [
    [layers, [Math.sqrt(6 / 100), Math.sqrt(6 / 81)]],
    [glorot, [Math.sqrt(6 / 180), Math.sqrt(6 / 81)]],
  ] as const) {
    const parameters = new Float32Array(101 * 80 + 81).fill(9);
    initialise(of, parameters, createRng('init-test'));
    layerParameters(of, parameters).forEach(({ weights, bias }, l) => {
      const n = weights.length;
      expect(weights.every((w) => Math.abs(w) <= limits[l])).toBe(true);
      expect(bias.every((b) => b === 0)).toBe(true);
      const variance = limits[l] ** 2 / 3; // of a uniform; that of its square is limit⁴ (1/5 − 1/9)
      expect(Math.abs(weights.reduce((sum, w) => sum + w, 0) / n)).toBeLessThan(4 * Math.sqrt(variance / n));
      const squares = weights.reduce((sum, w) => sum + w * w, 0) / n;
      expect(Math.abs(squares - variance)).toBeLessThan(4 * limits[l] ** 2 * Math.sqrt((1 / 5 - 1 / 9) / n));
    });
  }
});

test('no document: no score, the loss of none, gradient 0; broken rows are refused', () => {
  const scorer = newMlp('elu');
  const gradient = new Float32Array(scorer.parameters.length).fill(9);
  expect(scorer.score(new Float32Array(0)).length).toBe(0);
  expect(scorer.lossGradient(new Float32Array(0), waveLoss, gradient)).toBe(0);
  expect(gradient.every((slope) => slope === 0)).toBe(true);
  expect(() => scorer.score(new Float32Array(F + 1))).toThrow(UsageError);
  expect(() => scorer.lossGradient(new Float32Array(F + 1), waveLoss, gradient)).toThrow(UsageError);
});

test.each([undefined, 4])(
  'with dropout the gradient is that of the loss at the units left in, at %s rows at once; scores have none, and steps differ',
  (block) => {
    const fresh = () => newMlp('tanh', [5, 3], block, { layerNorm: true, dropout: 0.4 });
    const scorer = fresh();
    const gradient = new Float32Array(scorer.parameters.length);
    const lossAt = (p: number, by: number): number => {
      const other = fresh(); // whose first step drops the same
      other.parameters[p] += by;
      return other.lossGradient(features, waveLoss, new Float32Array(gradient.length));
    };
    const first = scorer.lossGradient(features, waveLoss, gradient);
    expect(first).toBe(lossAt(0, 0));
    for (const [p, slope] of gradient.entries())
      expect(Math.abs((lossAt(p, 2e-3) - lossAt(p, -2e-3)) / 4e-3 - slope)).toBeLessThan(5e-3 * (1 + Math.abs(slope)));
    expect(scorer.lossGradient(features, waveLoss, gradient)).not.toBe(first);
    expect(scorer.score(features)).toEqual(newMlp('tanh', [5, 3], block, { layerNorm: true, dropout: 1e-9 }).score(features));
  },
);

test('what dropout leaves in is over its share, so that the mean is what there is without', () => {
  const scorer = newMlp('relu', [400], undefined, { dropout: 0.3 });
  const without = scorer.score(features);
  const means = new Float64Array(rows);
  const steps = 400;
  const record: ScoreLoss = (scores) => {
    for (const [i, score] of scores.entries()) means[i] += score / steps;
    return 0;
  };
  for (let step = 0; step < steps; step++) scorer.lossGradient(features, record, new Float32Array(scorer.parameters.length));
  for (const [i, mean] of means.entries()) expect(Math.abs(mean - without[i])).toBeLessThan(0.05);
});
