import * as tf from '@tensorflow/tfjs-core';
import { type DenseActivation, dense } from './dense.ts';

/** One layer of a network: W [inputs, outputs], b [outputs]. */
export interface DenseLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: DenseActivation;
}

/** Parameters lie in one flat array, layer by layer, each W row by row and then b. */
export const parameterCount = (layers: readonly DenseLayer[]): number =>
  layers.reduce((sum, { inputs, outputs }) => sum + (inputs + 1) * outputs, 0);

/** Where each layer's W and b lie in the flat array: views, nothing is copied. */
export function layerParameters(layers: readonly DenseLayer[], parameters: Float32Array): { weights: Float32Array; bias: Float32Array }[] {
  let start = 0;
  return layers.map(({ inputs, outputs }) => {
    const [middle, end] = [start + inputs * outputs, start + (inputs + 1) * outputs];
    const views = { weights: parameters.subarray(start, middle), bias: parameters.subarray(middle, end) };
    start = end;
    return views;
  });
}

/** The outputs of the last layer, row by row. @param x length rows · inputs of the first layer */
export function denseOutputs(layers: readonly DenseLayer[], parameters: Float32Array, x: Float32Array): Float32Array {
  return tf.tidy(() => read(forward(layers, upload(layers, parameters), uploadRows(layers, x))));
}

/**
 * One forward pass, the loss of the outputs, one backward pass. Everything uploaded is freed before it returns.
 * @param loss gets the outputs and writes its derivative by them into an array of the same length
 * @param gradient of `parameters`, same layout, overwritten
 * @returns the loss
 */
export function denseLossGradient(
  layers: readonly DenseLayer[],
  parameters: Float32Array,
  x: Float32Array,
  loss: (outputs: Float32Array, gradient: Float32Array) => number,
  gradient: Float32Array,
): number {
  return tf.tidy(() => {
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
  });
}

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
