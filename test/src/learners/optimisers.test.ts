import * as tf from '@tensorflow/tfjs-core';
import type { Optimiser } from '../../../src/learners/optimiser.ts';
import { optimisers } from '../../../src/learners/optimisers.ts';
import { safeParse } from '../../../src/schema.ts';
import { openBackend } from '../../../src/tensor/backend.ts';

const options = {
  sgd: { learningRate: 0.1, momentum: 0.9 },
  adam: { learningRate: 0.1, beta1: 0.9, beta2: 0.99, epsilon: 1e-6 },
  adagrad: { learningRate: 0.1, initialSum: 0.1, epsilon: 1e-10 },
};
const create: Record<keyof typeof optimisers, (count: number) => Optimiser> = {
  sgd: (count) => optimisers.sgd.create(options.sgd, count),
  adam: (count) => optimisers.adam.create(options.adam, count),
  adagrad: (count) => optimisers.adagrad.create(options.adagrad, count),
};
const names = Object.keys(optimisers) as (keyof typeof optimisers)[];

/** Gradients of five steps for two parameters: of both signs, large and small, with a zero. */
const gradients = [
  [1, -0.01],
  [-2, 0.02],
  [0.5, 0],
  [3, -0.005],
  [-0.1, 0.01],
];
const run = (optimiser: Optimiser, start: number[]): Float32Array => {
  const parameters = Float32Array.from(start);
  for (const gradient of gradients) optimiser.step(parameters, Float32Array.from(gradient));
  return parameters;
};

/** Each rule written again, for one parameter, from sums over all steps so far instead of running state. */
const byHand = {
  sgd: (past: number[]) => past.reduce((sum, g, i) => sum + 0.9 ** (past.length - 1 - i) * g, 0),
  adam: (past: number[]) => {
    const mean = (beta: number, of: (g: number) => number) =>
      past.reduce((sum, g, i) => sum + (1 - beta) * beta ** (past.length - 1 - i) * of(g), 0) / (1 - beta ** past.length);
    return mean(0.9, (g) => g) / (Math.sqrt(mean(0.99, (g) => g * g)) + 1e-6);
  },
  adagrad: (past: number[]) => past[past.length - 1] / (Math.sqrt(past.reduce((sum, g) => sum + g * g, 0.1)) + 1e-10),
};

beforeAll(() => openBackend('cpu'));

describe.each(names)('%s', (name) => {
  test('follows its formula over several steps', () => {
    const parameters = run(create[name](2), [1, -1]);
    [1, -1].forEach((start, p) => {
      const path = gradients.map((gradient) => gradient[p]);
      const expected = path.reduce((x, _, t) => x - 0.1 * byHand[name](path.slice(0, t + 1)), start);
      expect(parameters[p]).toBeCloseTo(expected, 6);
    });
  });

  test('goes where the optimiser of TensorFlow.js goes', () => {
    const theirs = {
      sgd: () => tf.train.momentum(0.1, 0.9),
      adam: () => tf.train.adam(0.1, 0.9, 0.99, 1e-6),
      adagrad: () => tf.train.adagrad(0.1, 0.1), // its 1e-7 stands under the root, beside the initial 0.1: below float32
    }[name]();
    const variable = tf.variable(tf.tensor1d([1, -1]), true, `x-${name}`);
    for (const gradient of gradients) theirs.applyGradients([{ name: variable.name, tensor: tf.tensor1d(gradient) }]);
    variable.dataSync().forEach((expected, p) => {
      expect(run(create[name](2), [1, -1])[p]).toBeCloseTo(expected, 5);
    });
  });

  test('finds the bottom of (x − 3)²', () => {
    const optimiser = create[name](1);
    const x = Float32Array.of(0);
    for (let step = 0; step < 4000; step++) optimiser.step(x, Float32Array.of(2 * (x[0] - 3)));
    expect(x[0]).toBeCloseTo(3, 2);
  });

  test('two optimisers share no state, and the gradient is left as it was', () => {
    const [first, second] = [create[name](2), create[name](2)];
    const expected = run(create[name](2), [0, 0]);
    run(first, [0, 0]);
    expect(run(second, [0, 0])).toEqual(expected);
    const gradient = Float32Array.of(1, 2);
    first.step(new Float32Array(2), gradient);
    expect([...gradient]).toEqual([1, 2]);
  });

  test('a registered optimiser has a name, a description and a default for every option', () => {
    expect(create[name](1).name).toBe(name);
    expect(optimisers[name].description).not.toBe('');
    const defaults = safeParse(optimisers[name].options, {});
    expect(Object.keys(defaults.output ?? {})).toEqual(Object.keys(options[name]));
    for (const bad of [{ learningRate: 0 }, { learningRate: Number.NaN }, { rate: 1 }])
      expect(safeParse(optimisers[name].options, bad).success).toBe(false);
  });
});

test('without momentum, SGD steps straight down', () => {
  const parameters = Float32Array.of(1, 1);
  const optimiser = optimisers.sgd.create({ learningRate: 0.5, momentum: 0 }, 2);
  optimiser.step(parameters, Float32Array.of(1, -4));
  optimiser.step(parameters, Float32Array.of(1, 0));
  expect([...parameters]).toEqual([1 - 0.5 - 0.5, 1 + 0.5 * 4]);
});

test.each(['adam', 'adagrad'] as const)('the first step of %s is the learning rate, whatever the size of the gradient', (name) => {
  for (const size of [1e-3, 1, 1e6]) {
    const parameters = Float32Array.of(0, 0);
    const optimiser =
      name === 'adam'
        ? optimisers.adam.create({ ...options.adam, epsilon: 1e-12 }, 2)
        : optimisers.adagrad.create({ ...options.adagrad, initialSum: 0 }, 2);
    optimiser.step(parameters, Float32Array.of(size, -size));
    expect(parameters[0]).toBeCloseTo(-0.1, 6);
    expect(parameters[1]).toBeCloseTo(0.1, 6);
  }
});
