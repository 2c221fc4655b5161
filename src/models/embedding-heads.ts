import { rowSums, weightedRowSum } from '../math/row-products.ts';
import { productInUse } from '../tensor/backend.ts';
import { type DenseLayer, layerParameters, parameterCount } from '../tensor/dense-network.ts';
import { productNetwork } from '../tensor/product-network.ts';
import { blockScorer } from './block-scorer.ts';
import { blockRows } from './mlp.ts';
import type { EmbeddingArchitecture, ScoreLoss } from './scorer.ts';
import { scorerLayers } from './scorer-layers.ts';

/** What features and vectors of ids are scored by. */
export interface EmbeddingHead {
  readonly size: number; // of its parameters
  score(parameters: Float32Array, features: Float32Array, vectors: Float32Array): Float32Array;
  /** As of a scorer. @param slopes ∂loss/∂vectors, overwritten */
  lossGradient(
    parameters: Float32Array,
    features: Float32Array,
    vectors: Float32Array,
    loss: ScoreLoss,
    gradient: Float32Array,
    slopes: Float32Array,
  ): number;
  /** Changes parameters as if `mean` were added to every vector. */
  absorb(parameters: Float32Array, mean: Float64Array): void;
}

/** s = w · x + b + e. */
export function sumHead(featureCount: number): EmbeddingHead {
  const sums = new Float64Array(featureCount + 1);
  const score: EmbeddingHead['score'] = (parameters, features, vectors) => {
    const scores = new Float32Array(vectors.length);
    rowSums(parameters, features, scores);
    for (let i = 0; i < scores.length; i++) scores[i] += vectors[i];
    return scores;
  };
  return {
    size: featureCount + 1,
    score,
    lossGradient(parameters, features, vectors, loss, gradient, slopes) {
      const value = loss(score(parameters, features, vectors), slopes);
      weightedRowSum(slopes, features, sums);
      gradient.set(sums);
      return value;
    },
    absorb(parameters, [mean]) {
      parameters[featureCount] += mean;
    },
  };
}

/** A multilayer perceptron of (x, e). */
export function networkHead(architecture: EmbeddingArchitecture): EmbeddingHead {
  const { featureCount: F, dimension } = architecture;
  const width = F + dimension;
  const layers = layersOf(architecture);
  const ofLayers = productNetwork(layers, productInUse());
  const size = parameterCount(layers);
  const rowsAtOnce = blockRows(layers);
  let inputSlopes = new Float32Array(0);
  const blocksOf = (x: Float32Array) => {
    const rows = x.length / width;
    return Array.from({ length: Math.ceil(rows / rowsAtOnce) }, (_, b) => {
      const [start, end] = [b * rowsAtOnce, Math.min(rows, (b + 1) * rowsAtOnce)];
      return { start, end, of: { from: start * width, to: end * width } };
    });
  };
  const of = (parameters: Float32Array) =>
    blockScorer<{ readonly from: number; readonly to: number }>(
      {
        outputs: (weights, x) => ofLayers.outputs(weights, x),
        lossGradient: (weights, x, loss, gradient, { from, to }) =>
          ofLayers.lossGradient(weights, x, loss, gradient, undefined, inputSlopes.subarray(from, to)),
      },
      parameters,
      width,
      blocksOf,
    );
  const inputs = (features: Float32Array, vectors: Float32Array): Float32Array => {
    const rows = vectors.length / dimension;
    const x = new Float32Array(rows * width);
    for (let i = 0; i < rows; i++) {
      for (let f = 0; f < F; f++) x[i * width + f] = features[i * F + f];
      for (let f = 0; f < dimension; f++) x[i * width + F + f] = vectors[i * dimension + f];
    }
    return x;
  };
  return {
    size,
    score: (parameters, features, vectors) => of(parameters).score(inputs(features, vectors)),
    lossGradient(parameters, features, vectors, loss, gradient, slopes) {
      const x = inputs(features, vectors);
      if (inputSlopes.length !== x.length) inputSlopes = new Float32Array(x.length);
      const value = of(parameters).lossGradient(x, loss, gradient);
      for (let i = 0, to = 0; i < x.length; i += width) for (let f = F; f < width; f++) slopes[to++] = inputSlopes[i + f];
      return value;
    },
    absorb(parameters, mean) {
      const [{ weights, bias }] = layerParameters(layers, parameters);
      mean.forEach((value, f) => {
        for (let j = 0; j < bias.length; j++) bias[j] += value * weights[(F + f) * bias.length + j];
      });
    },
  };
}

/** Those of the scoring function over features and embedding; none where the number of an id is added. */
export const layersOf = ({ featureCount, dimension, hidden, activation }: EmbeddingArchitecture): DenseLayer[] =>
  hidden.length === 0 ? [] : scorerLayers({ name: 'mlp', featureCount: featureCount + dimension, hidden, activation });
