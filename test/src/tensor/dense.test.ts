import * as tf from '@tensorflow/tfjs-core';
import { openBackend } from '../../../src/tensor/backend.ts';
import { dense } from '../../../src/tensor/dense.ts';
import type { DenseActivation } from '../../../src/tensor/dense-network.ts';
import { plainDense, registerStockGradients } from './stock-gradients.ts';

const activations: DenseActivation[] = ['linear', 'elu', 'relu', 'tanh'];
const backends = ['wasm', 'cpu'] as const;

/** Values in (−1.5, 1.5), none near 0, so that relu has no kink within reach. */
const waves = (shape: [number, number], shift: number) =>
  tf.tensor2d(
    Float32Array.from({ length: shape[0] * shape[1] }, (_, i) => 1.5 * Math.sin(2.3 * i + shift)),
    shape,
  );

const close = (actual: Float32Array, expected: Float32Array) =>
  actual.forEach((value, i) => {
    expect(Math.abs(value - expected[i])).toBeLessThan(1e-4 * (1 + Math.abs(expected[i])));
  });

describe.each(backends)('on %s', (backend) => {
  beforeAll(async () => {
    await openBackend(backend);
    registerStockGradients();
  });

  test.each(activations)('y = f(x·W + b) with f %s, entry by entry', (activation) => {
    const f = {
      linear: (z: number) => z,
      elu: (z: number) => (z > 0 ? z : Math.expm1(z)),
      relu: (z: number) => Math.max(0, z),
      tanh: Math.tanh,
    }[activation];
    const [x, w, b] = [waves([3, 4], 0), waves([4, 2], 1), tf.tensor1d([0.3, -0.7])];
    const [xs, ws, bs] = [x, w, b].map((tensor) => tensor.arraySync()) as [number[][], number[][], number[]];
    const expected = xs.flatMap((row) => bs.map((bias, j) => f(row.reduce((sum, value, i) => sum + value * ws[i][j], bias))));
    close(dense(x, w, b, activation).dataSync<'float32'>(), Float32Array.from(expected));
  });

  test.each(activations)('gradients by x, W and b are those of plain ops (%s)', (activation) => {
    const inputs = [waves([7, 5], 0), waves([5, 3], 1), tf.tensor1d([0.3, -0.7, 0.1])];
    const slopes = waves([7, 3], 2); // loss = Σ slopes ⊙ y, so dy differs everywhere
    const gradients = (layer: typeof plainDense) =>
      tf.grads((x, w, b) => tf.sum(tf.mul(layer(x as tf.Tensor2D, w as tf.Tensor2D, b as tf.Tensor1D, activation), slopes)))(inputs);
    const [ours, plain] = [gradients(dense), gradients(plainDense)];
    expect(ours.map(({ shape }) => shape)).toEqual(inputs.map(({ shape }) => shape));
    ours.forEach((gradient, i) => {
      close(gradient.dataSync<'float32'>(), plain[i].dataSync<'float32'>());
    });
  });

  test('of data, only W and b get a gradient: no product of the size of x', async () => {
    const [x, w, b] = [waves([7, 5], 0), waves([5, 3], 1), tf.tensor1d([0.3, -0.7, 0.1])];
    const backward = (source: 'data' | 'layer') =>
      tf.profile(() => tf.grads((weights, bias) => tf.sum(dense(x, weights as tf.Tensor2D, bias as tf.Tensor1D, 'elu', source)))([w, b]));
    const products = async (source: 'data' | 'layer') =>
      (await backward(source)).kernels.filter(({ name }) => name === 'BatchMatMul').map(({ outputShapes }) => outputShapes[0]);
    expect(await products('data')).toEqual([
      [7, 3],
      [6, 3],
    ]);
    expect(await products('layer')).toEqual([
      [7, 3],
      [6, 3],
      [7, 5],
    ]);
  });

  test('no product asks for a transposed factor', () => {
    const spy: unknown[] = [];
    const { kernelFunc } = tf.getKernel('BatchMatMul', backend);
    tf.unregisterKernel('BatchMatMul', backend);
    tf.registerKernel({
      kernelName: 'BatchMatMul',
      backendName: backend,
      kernelFunc: (call) => {
        spy.push(call.attrs?.transposeA, call.attrs?.transposeB);
        return kernelFunc(call);
      },
    });
    const inputs = [waves([7, 5], 0), waves([5, 3], 1), tf.tensor1d([0.3, -0.7, 0.1])];
    tf.grads((x, w, b) => tf.sum(dense(x as tf.Tensor2D, w as tf.Tensor2D, b as tf.Tensor1D, 'elu')))(inputs);
    expect(spy).toEqual([false, false, false, false, false, false]);
  });

  test('leaves no tensor behind but its results', () => {
    const inputs = [waves([7, 5], 0), waves([5, 3], 1), tf.tensor1d([0.3, -0.7, 0.1])];
    const { numTensors } = tf.memory();
    const gradients = tf.grads((x, w, b) => tf.sum(dense(x as tf.Tensor2D, w as tf.Tensor2D, b as tf.Tensor1D, 'elu')))(inputs);
    expect(tf.memory().numTensors).toBe(numTensors + gradients.length);
    tf.dispose(gradients);
    expect(tf.memory().numTensors).toBe(numTensors);
  });
});
