import type { Rng } from '../random/rng.ts';
import { denseNetwork } from '../tensor/backend.ts';
import { type DenseLayer, layerParameters, parameterCount } from '../tensor/dense-network.ts';
import { rowsOf } from './rows-of.ts';
import type { DenseArchitecture, DenseScorer, ScoreLoss } from './scorer.ts';
import { scorerLayers } from './scorer-layers.ts';

/** Rows whose activations are held in memory at once; fewer where layers are so wide that a row takes more than 64 KiB, with their derivatives. */
const blockRows = (layers: readonly DenseLayer[]): number =>
  Math.min(16_384, Math.ceil(2 ** 27 / layers.reduce((sum, { outputs }) => sum + outputs, 0)));

/**
 * Multilayer perceptron: hidden layers h ← f(h·W + b), then one linear output, the score. Parameters as `DenseLayer`s lie: W row by row, b, layer
 * by layer; all 0 until {@link initialise} or a loaded model sets them. Longer inputs than `rowsAtOnce` are worked off in blocks,
 * so memory is bounded; a gradient then costs a second forward pass, as the loss needs all scores first.
 * @throws UsageError when no tensor backend is open
 */
export function mlp(architecture: DenseArchitecture & { readonly name: 'mlp' }, rowsAtOnce?: number): DenseScorer {
  const F = architecture.featureCount;
  const layers = scorerLayers(architecture);
  const block = rowsAtOnce ?? blockRows(layers);
  const network = denseNetwork(layers);
  const parameters = new Float32Array(parameterCount(layers));

  const blocks = (rows: number): { start: number; end: number }[] =>
    Array.from({ length: Math.ceil(rows / block) }, (_, b) => ({ start: b * block, end: Math.min(rows, (b + 1) * block) }));

  const score = (features: Float32Array): Float32Array => {
    const rows = rowsOf(features, F);
    const scores = new Float32Array(rows);
    for (const { start, end } of blocks(rows)) scores.set(network.outputs(parameters, features.subarray(start * F, end * F)), start);
    return scores;
  };

  const gradientInBlocks = (features: Float32Array, loss: ScoreLoss, gradient: Float32Array): number => {
    const scores = score(features);
    const slopes = new Float32Array(scores.length);
    const value = loss(scores, slopes);
    const part = new Float32Array(gradient.length);
    gradient.fill(0);
    for (const { start, end } of blocks(scores.length)) {
      const given: ScoreLoss = (_, into) => {
        into.set(slopes.subarray(start, end));
        return value;
      };
      network.lossGradient(parameters, features.subarray(start * F, end * F), given, part);
      for (let p = 0; p < part.length; p++) gradient[p] += part[p];
    }
    return value;
  };

  return {
    name: 'mlp',
    featureCount: F,
    parameters,
    architecture,
    score,
    lossGradient(features, loss, gradient) {
      const rows = rowsOf(features, F);
      const whole = rows > 0 && rows <= block;
      return whole ? network.lossGradient(parameters, features, loss, gradient) : gradientInBlocks(features, loss, gradient);
    },
    dispose() {}, // tensors live only within a call
  };
}

/**
 * Uniform weights within ±√(6/inputs) before relu and elu (He et al., ICCV 2015), ±√(6/(inputs + outputs)) before tanh and the score
 * (Glorot & Bengio, AISTATS 2010), so that signals keep their variance from layer to layer; biases 0.
 */
export function initialise(layers: readonly DenseLayer[], parameters: Float32Array, rng: Rng): void {
  layerParameters(layers, parameters).forEach(({ weights, bias }, l) => {
    const { inputs, outputs, activation } = layers[l];
    const rectified = activation === 'relu' || activation === 'elu';
    const limit = Math.sqrt(6 / (rectified ? inputs : inputs + outputs));
    for (let i = 0; i < weights.length; i++) weights[i] = limit * (2 * rng.double() - 1);
    bias.fill(0);
  });
}
