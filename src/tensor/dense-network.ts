import type { Activation } from '../models/scorer.ts';

export type DenseActivation = Activation | 'linear';

/** One layer of a network: y = f(x·W + b), W [inputs, outputs], b [outputs]. */
export interface DenseLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: DenseActivation;
}

/** Gets the outputs of a network and writes its derivative by them into an array of the same length. */
export type OutputLoss = (outputs: Float32Array, gradient: Float32Array) => number;

/** Computes a network of dense layers. Parameters lie in one flat array, layer by layer, each W row by row and then b. */
export interface DenseNetwork {
  /** The outputs of the last layer, row by row. @param x length rows · inputs of the first layer */
  outputs(parameters: Float32Array, x: Float32Array): Float32Array;
  /**
   * One forward pass, the loss of the outputs, one backward pass.
   * @param gradient of `parameters`, same layout, overwritten
   * @returns the loss
   */
  lossGradient(parameters: Float32Array, x: Float32Array, loss: OutputLoss, gradient: Float32Array): number;
}

export type NetworkMaker = (layers: readonly DenseLayer[]) => DenseNetwork;

/** Length of the flat array. */
export const parameterCount = (layers: readonly DenseLayer[]): number =>
  layers.reduce((sum, { inputs, outputs }) => sum + (inputs + 1) * outputs, 0);

export type LayerParameters = readonly { readonly weights: Float32Array; readonly bias: Float32Array }[];

/** Where each layer's W and b lie in the flat array: views, nothing is copied. */
export function layerParameters(layers: readonly DenseLayer[], parameters: Float32Array): LayerParameters {
  let start = 0;
  return layers.map(({ inputs, outputs }) => {
    const [middle, end] = [start + inputs * outputs, start + (inputs + 1) * outputs];
    const views = { weights: parameters.subarray(start, middle), bias: parameters.subarray(middle, end) };
    start = end;
    return views;
  });
}
