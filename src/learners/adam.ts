import { type Decoded, optional, positive, real, strictObject } from '../schema.ts';
import type { Optimiser } from './optimiser.ts';

const options = strictObject({
  learningRate: optional(positive(), 0.01),
  beta1: optional(real(0, 0.999999), 0.9),
  beta2: optional(real(0, 0.999999), 0.999),
  epsilon: optional(positive(), 1e-8),
});

/**
 * m ← β₁ m + (1 − β₁) g; v ← β₂ v + (1 − β₂) g²; x ← x − η m̂ / (√v̂ + ε), m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ).
 * Kingma & Ba, ICLR 2015, algorithm 1.
 */
function create({ learningRate, beta1, beta2, epsilon }: Decoded<typeof options>, parameterCount: number): Optimiser {
  const mean = new Float64Array(parameterCount);
  const square = new Float64Array(parameterCount);
  let step = 0;
  return {
    name: 'adam',
    step(parameters, gradient, met) {
      step++;
      const rate = learningRate / (1 - beta1 ** step);
      const correction = 1 / Math.sqrt(1 - beta2 ** step);
      const count = met?.length ?? parameterCount;
      for (let j = 0; j < count; j++) {
        const i = met === undefined ? j : met[j];
        const g = gradient[i];
        mean[i] += (1 - beta1) * (g - mean[i]);
        square[i] += (1 - beta2) * (g * g - square[i]);
        parameters[i] -= (rate * mean[i]) / (Math.sqrt(square[i]) * correction + epsilon);
      }
    },
  };
}

export const adam = { description: 'Adam: steps scaled by running moments of the gradient (Kingma & Ba 2015)', options, create };
