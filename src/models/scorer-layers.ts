import type { DenseLayer } from '../tensor/dense-network.ts';
import type { DenseArchitecture } from './scorer.ts';

/** A scorer as dense layers, the last with one output and no activation; its parameters lie in the layers' order. */
export function scorerLayers(architecture: DenseArchitecture): DenseLayer[] {
  const [hidden, activation] = architecture.name === 'mlp' ? [architecture.hidden, architecture.activation] : [[], 'linear' as const];
  const inputs = [architecture.featureCount, ...hidden];
  return inputs.map((size, l) =>
    l < hidden.length ? { inputs: size, outputs: hidden[l], activation } : { inputs: size, outputs: 1, activation: 'linear' },
  );
}
