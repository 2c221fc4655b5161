import type { Rng } from '../random/rng.ts';
import type { DenseLayer } from '../tensor/dense-network.ts';

/**
 * Uniform weights within ±√(6/inputs) before relu and elu (He et al., ICCV 2015), ±√(6/(inputs + outputs)) before tanh and what has no activation
 * (Glorot & Bengio, AISTATS 2010), so that signals keep their variance from layer to layer.
 */
export function initialWeights(weights: Float32Array, { inputs, outputs, activation }: DenseLayer, rng: Rng): void {
  const rectified = activation === 'relu' || activation === 'elu';
  const limit = Math.sqrt(6 / (rectified ? inputs : inputs + outputs));
  for (let i = 0; i < weights.length; i++) weights[i] = limit * (2 * rng.double() - 1);
}
