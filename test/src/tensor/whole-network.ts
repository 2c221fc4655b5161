import { type DenseActivation, type DenseLayer, type DenseNetwork, parameterCount } from '../../../src/tensor/dense-network.ts';

/** Values in (−1.5, 1.5) that repeat nothing. */
export const waves = (n: number, shift: number) => Float32Array.from({ length: n }, (_, i) => 1.5 * Math.sin(2.3 * i + shift));
export const layersOf = (activation: DenseActivation): DenseLayer[] => [
  { inputs: 4, outputs: 6, activation },
  { inputs: 6, outputs: 3, activation },
  { inputs: 3, outputs: 2, activation: 'linear' },
];
/** Σ a_i y_i + y_i²/2: a loss whose every output counts. */
const waveLoss = (outputs: Float32Array, gradient: Float32Array) => {
  let loss = 0;
  for (let i = 0; i < outputs.length; i++) {
    loss += Math.sin(i) * outputs[i] + outputs[i] ** 2 / 2;
    gradient[i] = Math.sin(i) + outputs[i];
  }
  return loss;
};

/** Outputs, loss and gradient of a network at parameters that repeat nothing. */
export function everything(network: DenseNetwork, layers: readonly DenseLayer[], rows: number): number[] {
  const parameters = waves(parameterCount(layers), 1);
  const [x, gradient] = [waves(rows * layers[0].inputs, 0), new Float32Array(parameters.length).fill(9)];
  const loss = network.lossGradient(parameters, x, waveLoss, gradient);
  return [...network.outputs(parameters, x), loss, ...gradient];
}

/** To 1e-4 of 1 + |expected|, which sums of 32-bit floats in another order keep. */
export function close(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(expected.length);
  for (const [i, value] of actual.entries()) expect(Math.abs(value - expected[i])).toBeLessThan(1e-4 * (1 + Math.abs(expected[i])));
}
