import * as tf from '@tensorflow/tfjs-core';

import type { DenseActivation } from './dense-network.ts';

/**
 * y = f(x·W + b). Shapes: x [rows, inputs], W [inputs, outputs], b [outputs], y [rows, outputs].
 *
 * The stock gradient of matMul asks for products with a transposed factor, whose wasm kernel runs at 1–2 GFLOP/s where the plain one
 * runs at 25. This gradient transposes first, so that only the plain kernel runs: with δ = ∂loss/∂y ⊙ f′, the parameters get
 * [∂W; ∂b] = [xᵀ; 1]·δ in one product (a row of ones sums the bias), and the inputs ∂x = δ·Wᵀ.
 * @param source where x comes from: 'layer' passes the gradient on to it; 'data' takes x as a constant, and saves that product
 */
export function dense(
  x: tf.Tensor2D,
  weights: tf.Tensor2D,
  bias: tf.Tensor1D,
  activation: DenseActivation = 'linear',
  source: 'layer' | 'data' = 'layer',
): tf.Tensor2D {
  const { apply, derivative } = activations[activation];
  const op = tf.customGrad<tf.Tensor2D>((...inputs) => {
    const save = inputs.at(-1) as (saved: tf.Tensor[]) => void;
    const value = apply(tf.add<tf.Tensor2D>(tf.matMul(x, weights), bias));
    save([x, weights, value]);
    const gradFunc = (dy: tf.Tensor2D, saved: tf.Tensor[]) =>
      tf.tidy(() => {
        const [x, weights, y] = saved as tf.Tensor2D[];
        const delta = derivative(dy, y);
        const parameters = parameterGradients(x, delta);
        return source === 'data' ? parameters : [...parameters, tf.matMul(delta, tf.transpose(weights))];
      });
    return { value, gradFunc };
  });
  return source === 'data' ? op(weights, bias) : op(weights, bias, x);
}

function parameterGradients(x: tf.Tensor2D, delta: tf.Tensor2D): tf.Tensor[] {
  const [rows, inputs] = x.shape;
  const outputs = delta.shape[1];
  const both: tf.Tensor2D = tf.matMul(tf.concat2d([tf.transpose<tf.Tensor2D>(x), tf.ones<tf.Rank.R2>([1, rows])], 0), delta);
  return [tf.slice2d(both, [0, 0], [inputs, outputs]), tf.reshape(tf.slice2d(both, [inputs, 0], [1, outputs]), [outputs])];
}

/** An activation f and dy ⊙ f′, written with y = f(z), so that z need not be kept. */
interface ActivationOps {
  apply(z: tf.Tensor2D): tf.Tensor2D;
  derivative(dy: tf.Tensor2D, y: tf.Tensor2D): tf.Tensor2D;
}

const activations: Readonly<Record<DenseActivation, ActivationOps>> = {
  linear: { apply: (z) => z, derivative: (dy) => dy },
  relu: { apply: (z) => tf.relu(z), derivative: (dy, y) => tf.mul(dy, tf.step(y)) },
  elu: { apply: (z) => tf.elu(z), derivative: (dy, y) => tf.engine().runKernel(tf.EluGrad, { dy, y }) as tf.Tensor2D },
  tanh: { apply: (z) => tf.tanh(z), derivative: (dy, y) => tf.mul(dy, tf.sub(1, tf.square(y))) },
};
