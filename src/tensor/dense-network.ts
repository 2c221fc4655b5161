import type { Activation } from '../models/scorer.ts';
import type { Rng } from '../random/rng.ts';

export type DenseActivation = Activation | 'linear';

/** One layer of a network: y = f(x·W + b), W [inputs, outputs], b [outputs]. */
export interface DenseLayer {
  readonly inputs: number;
  readonly outputs: number;
  readonly activation: DenseActivation;
  /** y = f(g ⊙ norm(x·W) + b), g [outputs], each row normalised by its own mean and spread: see `normaliseRows`. */
  readonly layerNorm?: boolean;
  /** Share of y that is set to 0 in training, what is left over 1 less it. Srivastava et al., JMLR 2014. */
  readonly dropout?: number;
}

/** Gets the outputs of a network and writes its derivative by them into an array of the same length. */
export type OutputLoss = (outputs: Float32Array, gradient: Float32Array) => number;

/** Makes the stream that drops are drawn from, the same at each call: a second pass drops what the first did. */
export type Drops = () => Rng;

/** Computes a network of dense layers. Parameters lie in one flat array, layer by layer, each W row by row, then g where rows are normalised, and then b. */
export interface DenseNetwork {
  /** The outputs of the last layer, row by row. @param x length rows · inputs of the first layer @param drops in training, of layers with dropout */
  outputs(parameters: Float32Array, x: Float32Array, drops?: Drops): Float32Array;
  /**
   * One forward pass, the loss of the outputs, one backward pass.
   * @param gradient of `parameters`, same layout, overwritten
   * @param inputSlopes of `x`, same layout, overwritten; of networks of {@link NetworkMaker}s it is not asked for
   * @returns the loss
   */
  lossGradient(
    parameters: Float32Array,
    x: Float32Array,
    loss: OutputLoss,
    gradient: Float32Array,
    drops?: Drops,
    inputSlopes?: Float32Array,
  ): number;
}

export type NetworkMaker = (layers: readonly DenseLayer[]) => DenseNetwork;

const sizes = ({ inputs, outputs, layerNorm }: DenseLayer) => [inputs * outputs, layerNorm ? outputs : 0, outputs] as const;

/** Length of the flat array. */
export const parameterCount = (layers: readonly DenseLayer[]): number =>
  layers.reduce((sum, layer) => sizes(layer).reduce((all, size) => all + size, sum), 0);

export type LayerParameters = readonly {
  readonly weights: Float32Array;
  readonly gain: Float32Array; // length 0 where rows are not normalised
  readonly bias: Float32Array;
}[];

/** Where each layer's W, g and b lie in the flat array: views, nothing is copied. */
export function layerParameters(layers: readonly DenseLayer[], parameters: Float32Array): LayerParameters {
  let at = 0;
  return layers.map((layer) => {
    const [weights, gain, bias] = sizes(layer).map((size) => {
      at += size;
      return parameters.subarray(at - size, at);
    });
    return { weights, gain, bias };
  });
}
