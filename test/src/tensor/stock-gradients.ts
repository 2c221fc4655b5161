import * as tf from '@tensorflow/tfjs-core';

/** Gradients by the textbook formulas, for the ops that a plain network is written with: TensorFlow.js's core leaves its own out in Node. */
export function registerStockGradients(): void {
  const asTensor = (dy: tf.Tensor | tf.Tensor[]) => dy as tf.Tensor;
  const reduceTo = (of: tf.Tensor, dy: tf.Tensor) => tf.reshape(of.rank < dy.rank ? tf.sum(dy, 0) : dy, of.shape);
  const gradients: tf.GradConfig[] = [
    {
      kernelName: tf.BatchMatMul,
      inputsToSave: ['a', 'b'],
      gradFunc: (dy, [a, b]) => ({ a: () => tf.matMul(asTensor(dy), b, false, true), b: () => tf.matMul(a, asTensor(dy), true, false) }),
    },
    {
      kernelName: tf.Add,
      inputsToSave: ['a', 'b'],
      gradFunc: (dy, [a, b]) => ({ a: () => reduceTo(a, asTensor(dy)), b: () => reduceTo(b, asTensor(dy)) }),
    },
    {
      kernelName: tf.Multiply,
      inputsToSave: ['a', 'b'],
      gradFunc: (dy, [a, b]) => ({ a: () => tf.mul(asTensor(dy), b), b: () => tf.mul(asTensor(dy), a) }),
    },
    {
      kernelName: tf.Sum,
      inputsToSave: ['x'],
      gradFunc: (dy, [x]) => ({ x: () => tf.mul(tf.onesLike(x), asTensor(dy)) }),
    },
    {
      kernelName: tf.Reshape,
      inputsToSave: ['x'],
      gradFunc: (dy, [x]) => ({ x: () => tf.reshape(asTensor(dy), x.shape) }),
    },
    {
      kernelName: tf.Relu,
      inputsToSave: ['x'],
      gradFunc: (dy, [x]) => ({ x: () => tf.where(tf.greater(x, 0), asTensor(dy), tf.zerosLike(x)) }),
    },
    {
      kernelName: tf.Elu,
      inputsToSave: ['x'],
      gradFunc: (dy, [x]) => ({ x: () => tf.mul(asTensor(dy), tf.where(tf.greater(x, 0), tf.onesLike(x), tf.exp(x))) }),
    },
    {
      kernelName: tf.Tanh,
      outputsToSave: [true],
      gradFunc: (dy, [y]) => ({ x: () => tf.mul(asTensor(dy), tf.sub(1, tf.square(y))) }),
    },
  ];
  for (const gradient of gradients) if (tf.getGradient(gradient.kernelName) == null) tf.registerGradient(gradient);
}

/** f(x·W + b) as a user would write it, with no gradient of our own. */
export function plainDense(
  x: tf.Tensor2D,
  weights: tf.Tensor2D,
  bias: tf.Tensor1D,
  activation: 'linear' | 'elu' | 'relu' | 'tanh',
): tf.Tensor2D {
  const z = tf.add<tf.Tensor2D>(tf.matMul(x, weights), bias);
  return { linear: () => z, elu: () => tf.elu(z), relu: () => tf.relu(z), tanh: () => tf.tanh(z) }[activation]();
}
