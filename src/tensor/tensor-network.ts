import * as tf from '@tensorflow/tfjs-core';
import { dense } from './dense.ts';
import { type DenseLayer, type DenseNetwork, layerParameters } from './dense-network.ts';
import type { Product } from './product-network.ts';

/** A network that TensorFlow.js computes, on the backend in use. Everything uploaded is freed before a call returns. */
export const tensorNetwork = (layers: readonly DenseLayer[]): DenseNetwork => ({
  outputs: (parameters, x) => tf.tidy(() => read(forward(layers, upload(layers, parameters), uploadRows(layers, x)))),
  lossGradient: (parameters, x, loss, gradient) =>
    tf.tidy(() => {
      const rows = uploadRows(layers, x);
      let value = Number.NaN;
      let failure: { readonly error: unknown } | null = null;
      const typedArrayLoss = tf.customGrad<tf.Scalar>((...inputs) => {
        const outputs = inputs[0] as tf.Tensor2D;
        const slopes = new Float32Array(outputs.size);
        try {
          value = loss(read(outputs), slopes);
        } catch (error) {
          failure = { error }; // thrown once the backward pass is over: the tensors saved for it would never be freed
        }
        return { value: tf.scalar(value), gradFunc: (dy) => tf.mul(dy, tf.tensor2d(slopes, outputs.shape, 'float32')) };
      });
      const { grads } = tf.valueAndGrads((...tensors) => typedArrayLoss(forward(layers, tensors, rows)))(upload(layers, parameters));
      if (failure !== null) throw (failure as { readonly error: unknown }).error;
      let at = 0;
      for (const tensor of grads) {
        gradient.set(read(tensor), at);
        at += tensor.size;
      }
      return value;
    }),
});

/** Products on the backend in use; what is stored transposed is turned first, as its plain kernel is faster, see `dense`. */
export const tensorProduct: Product = (form, { rows, columns, inner }, a, b, c) => {
  tf.tidy(() => {
    const left = form === 'left-transposed' ? tf.transpose(tf.tensor2d(a, [inner, rows])) : tf.tensor2d(a, [rows, inner]);
    const right = form === 'right-transposed' ? tf.transpose(tf.tensor2d(b, [columns, inner])) : tf.tensor2d(b, [inner, columns]);
    c.set(read(tf.matMul(left, right)));
  });
};

const read = (tensor: tf.Tensor): Float32Array => tensor.dataSync<'float32'>();

/** W and b of every layer in turn, as tensors. */
const upload = (layers: readonly DenseLayer[], parameters: Float32Array): tf.Tensor[] =>
  layerParameters(layers, parameters).flatMap(({ weights, bias }, l) => [
    tf.tensor2d(weights, [layers[l].inputs, layers[l].outputs], 'float32'),
    tf.tensor1d(bias, 'float32'),
  ]);

const uploadRows = ([{ inputs }]: readonly DenseLayer[], x: Float32Array): tf.Tensor2D =>
  tf.tensor2d(x, [x.length / inputs, inputs], 'float32');

function forward(layers: readonly DenseLayer[], tensors: readonly tf.Tensor[], x: tf.Tensor2D): tf.Tensor2D {
  return layers.reduce(
    (input, { activation }, l) =>
      dense(input, tensors[2 * l] as tf.Tensor2D, tensors[2 * l + 1] as tf.Tensor1D, activation, l === 0 ? 'data' : 'layer'),
    x,
  );
}
