import { type Decoded, optional, positive, real, strictObject } from '../schema.ts';
import type { Optimiser } from './optimiser.ts';

const options = strictObject({ learningRate: optional(positive(), 0.1), momentum: optional(real(0, 0.999), 0) });

/** v ← μ v + g; x ← x − η v. Robbins & Monro, 1951; momentum: Polyak, 1964. */
function create({ learningRate, momentum }: Decoded<typeof options>, parameterCount: number): Optimiser {
  const velocity = new Float64Array(parameterCount);
  return {
    name: 'sgd',
    step(parameters, gradient, met) {
      const count = met?.length ?? parameterCount;
      for (let j = 0; j < count; j++) {
        const i = met === undefined ? j : met[j];
        velocity[i] = momentum * velocity[i] + gradient[i];
        parameters[i] -= learningRate * velocity[i];
      }
    },
  };
}

export const sgd = { description: 'stochastic gradient descent, with momentum if wanted', options, create };
