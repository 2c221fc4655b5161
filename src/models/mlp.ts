import type { Rng } from '../random/rng.ts';
import { denseNetwork } from '../tensor/backend.ts';
import { type DenseLayer, type Drops, layerParameters, parameterCount } from '../tensor/dense-network.ts';
import { type Block, blockScorer } from './block-scorer.ts';
import { initialWeights } from './initial-weights.ts';
import { rowsOf } from './rows-of.ts';
import type { DenseArchitecture, DenseScorer } from './scorer.ts';
import { scorerLayers } from './scorer-layers.ts';

/** Rows whose activations are held in memory at once; fewer where layers are so wide that a row takes more than 64 KiB, with their derivatives. */
export const blockRows = (layers: readonly DenseLayer[]): number =>
  Math.min(16_384, Math.ceil(2 ** 27 / layers.reduce((sum, { outputs }) => sum + outputs, 0)));

/** Of what is dropped in training, and the stream that it is drawn from. */
export interface Dropout {
  readonly rate: number;
  readonly rng: Rng;
}

/**
 * Multilayer perceptron: hidden layers h ← f(h·W + b), then one linear output, the score. Parameters as `DenseLayer`s lie: W row by row, b, layer
 * by layer; all 0 until {@link initialise} or a loaded model sets them. Longer inputs than `rowsAtOnce` are worked off in blocks,
 * so memory is bounded; a gradient then costs a second forward pass, as the loss needs all scores first.
 * @param dropout of hidden layers, in `lossGradient` only: each call draws anew
 * @throws UsageError when no tensor backend is open
 */
export function mlp(
  architecture: DenseArchitecture & { readonly name: 'mlp' },
  dropout: Dropout | null = null,
  rowsAtOnce?: number,
): DenseScorer {
  const F = architecture.featureCount;
  const layers = scorerLayers(architecture);
  const size = rowsAtOnce ?? blockRows(layers);
  const hidden = layers.length - 1;
  const network = denseNetwork(dropout ? layers.map((layer, l) => (l < hidden ? { ...layer, dropout: dropout.rate } : layer)) : layers);
  const parameters = new Float32Array(parameterCount(layers));
  let steps = 0;

  const blocksOf = (features: Float32Array, _: unknown, training: boolean): Block<Drops | undefined>[] => {
    const rows = rowsOf(features, F);
    const step = training ? steps++ : null;
    const draws = (b: number) => (dropout && step !== null ? () => dropout.rng.fork(`${step} ${b}`) : undefined);
    return Array.from({ length: Math.ceil(rows / size) }, (_, b) => ({
      start: b * size,
      end: Math.min(rows, (b + 1) * size),
      of: draws(b),
    }));
  };

  return {
    name: 'mlp',
    featureCount: F,
    parameters,
    architecture,
    ...blockScorer(network, parameters, F, blocksOf),
    dispose() {}, // tensors live only within a call
  };
}

/** Weights by {@link initialWeights}, biases 0, gains of layer normalisation 1. */
export function initialise(layers: readonly DenseLayer[], parameters: Float32Array, rng: Rng): void {
  layerParameters(layers, parameters).forEach(({ weights, gain, bias }, l) => {
    initialWeights(weights, layers[l], rng);
    gain.fill(1);
    bias.fill(0);
  });
}
