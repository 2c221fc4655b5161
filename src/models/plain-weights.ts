import type { Scaling } from '../data/scale-features.ts';
import { UsageError } from '../errors.ts';
import type { PlainTree, PlainWeights } from '../score.ts';
import { layerParameters } from '../tensor/dense-network.ts';
import type { Tree } from '../trees/tree.ts';
import type { DenseArchitecture, Scorer } from './scorer.ts';
import { scorerLayers } from './scorer-layers.ts';
import { isTreeEnsemble } from './tree-ensemble.ts';

/** A model that `plainWeights` can write: not one whose score depends on other documents, nor a plugin's. */
export const hasPlainWeights = (scorer: Scorer): boolean =>
  isTreeEnsemble(scorer) || scorer.architecture.name === 'linear' || scorer.architecture.name === 'mlp';

/**
 * A scorer and the scaling of its features as plain JSON, for `score` of `counterrank/score`: nine digits a weight, from which the same 32-bit
 * float comes back. @throws UsageError for a transformer and a plugin's scorer
 */
export function plainWeights(scorer: Scorer, { method, offset, factor }: Scaling): PlainWeights {
  const head = { format: 'counterrank plain weights', version: 1, featureCount: scorer.featureCount } as const;
  const scaling = { method, offset: [...offset], factor: [...factor] };
  if (isTreeEnsemble(scorer)) return { ...head, scaling, trees: scorer.trees().map(plainTree) };
  if (!hasPlainWeights(scorer))
    throw new UsageError(
      `no plain weights of a ${scorer.name}: they are of models that score one document by itself (linear, mlp, gradient-boosted-trees); serve its folder by counterrank`,
    );
  const layers = scorerLayers(scorer.architecture as DenseArchitecture);
  return {
    ...head,
    scaling,
    layers: layerParameters(layers, scorer.parameters).map(({ weights, gain, bias }, l) => ({
      // stored by input, written by unit
      weights: Array.from({ length: layers[l].outputs }, (_, j) =>
        Array.from({ length: layers[l].inputs }, (_, i) => short(weights[i * layers[l].outputs + j])),
      ),
      gain: gain.length > 0 ? Array.from(gain, short) : null,
      bias: Array.from(bias, short),
      activation: layers[l].activation,
    })),
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
