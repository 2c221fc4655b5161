import type { Scaling } from '../data/scale-features.ts';
import { UsageError } from '../errors.ts';
import type { PlainLayer, PlainTree, PlainWeights } from '../score.ts';
import { type DenseLayer, layerParameters, parameterCount } from '../tensor/dense-network.ts';
import type { Tree } from '../trees/tree.ts';
import { type EmbeddingScorer, isEmbedding } from './embedding.ts';
import { layersOf } from './embedding-heads.ts';
import type { DenseArchitecture, Scorer } from './scorer.ts';
import { scorerLayers } from './scorer-layers.ts';
import { isTreeEnsemble } from './tree-ensemble.ts';

/** A model that `plainWeights` can write: not one whose score depends on other documents, nor a plugin's. */
export const hasPlainWeights = (scorer: Scorer): boolean =>
  isTreeEnsemble(scorer) || isEmbedding(scorer) || scorer.architecture.name === 'linear' || scorer.architecture.name === 'mlp';

/**
 * A scorer and the scaling of its features as plain JSON, for `score` of `counterrank/score`: nine digits a weight, from which the same 32-bit
 * float comes back. @throws UsageError for a transformer and a plugin's scorer
 */
export function plainWeights(scorer: Scorer, { method, offset, factor, fill }: Scaling): PlainWeights {
  const head = { format: 'counterrank plain weights', version: 1, featureCount: scorer.featureCount } as const;
  const scaling = { method, offset: [...offset], factor: [...factor], ...(fill && { fill: [...fill] }) };
  if (isTreeEnsemble(scorer)) return { ...head, scaling, trees: scorer.trees().map(plainTree) };
  if (!hasPlainWeights(scorer))
    throw new UsageError(
      `no plain weights of a ${scorer.name}: they are of models that score one document by itself (linear, mlp, gradient-boosted-trees, embedding); serve its folder by counterrank`,
    );
  if (isEmbedding(scorer)) return { ...head, scaling, ...plainEmbedding(scorer) };
  return { ...head, scaling, layers: plainLayers(scorerLayers(scorer.architecture as DenseArchitecture), scorer.parameters) };
}

/** Weights are stored by input, and written by unit. */
const plainLayers = (layers: readonly DenseLayer[], parameters: Float32Array): PlainLayer[] =>
  layerParameters(layers, parameters).map(({ weights, gain, bias }, l) => ({
    weights: Array.from({ length: layers[l].outputs }, (_, j) =>
      Array.from({ length: layers[l].inputs }, (_, i) => short(weights[i * layers[l].outputs + j])),
    ),
    gain: gain.length > 0 ? Array.from(gain, short) : null,
    bias: Array.from(bias, short),
    activation: layers[l].activation,
  }));

/** Where the number of an id is added to a weighted sum, it is one more feature with the weight 1. */
function plainEmbedding({ architecture, parameters, vocabulary }: EmbeddingScorer): Pick<PlainWeights, 'embedding' | 'layers'> {
  const { of, table, shared, hashing, dimension, featureCount: F } = architecture;
  const layers = layersOf(architecture);
  const size = layers.length === 0 ? F + 1 : parameterCount(layers);
  const values = Array.from(parameters.subarray(size), short);
  const [weights, bias] = [Array.from(parameters.subarray(0, F), short), short(parameters[F])];
  let number = 0;
  const numbered = (ids: readonly string[]) => Object.fromEntries(ids.map((id) => [id, number++]));
  return {
    embedding: {
      ...{ of, table, shared, hashing: [...hashing] },
      ids: vocabulary.stored && Object.fromEntries(vocabulary.stored.map(([query, ids]) => [query, numbered(ids)])),
      vectors: Array.from({ length: values.length / dimension }, (_, row) => values.slice(row * dimension, (row + 1) * dimension)),
    },
    layers:
      layers.length === 0
        ? [{ weights: [[...weights, 1]], gain: null, bias: [bias], activation: 'linear' }]
        : plainLayers(layers, parameters.subarray(0, size)),
  };
}

const short = (value: number): number => Number(value.toPrecision(9));

/** JSON has no infinity; no finite number is above the largest. */
const finite = (value: number): number => Math.max(-Number.MAX_VALUE, Math.min(Number.MAX_VALUE, value));

const plainTree = ({ feature, threshold, missing, missingLeft, left, right, value }: Tree): PlainTree => ({
  feature: [...feature],
  threshold: Array.from(threshold, finite),
  missing: [...missing],
  missingLeft: [...missingLeft],
  left: [...left],
  right: [...right],
  value: [...value],
});
