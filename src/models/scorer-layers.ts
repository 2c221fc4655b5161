import type { DenseLayer } from '../tensor/dense-network.ts';
import type { DenseArchitecture } from './scorer.ts';

/** A scorer as dense layers, the last with one output and no activation; its parameters lie in the layers' order. */
export function scorerLayers(architecture: DenseArchitecture): DenseLayer[] {
  if (architecture.name === 'linear') return [{ inputs: architecture.featureCount, outputs: 1, activation: 'linear' }];
  const { featureCount, hidden, activation, layerNorm } = architecture;
  const inputs = [featureCount, ...hidden];
  return inputs.map((size, l) =>
    l < hidden.length
      ? { inputs: size, outputs: hidden[l], activation, ...(layerNorm && { layerNorm }) }
      : { inputs: size, outputs: 1, activation: 'linear' },
  );
}
