import { type Decoded, optional, positive, real, strictObject } from '../schema.ts';
import type { Optimiser } from './optimiser.ts';

const options = strictObject({
  learningRate: optional(positive(), 0.05),
  initialSum: optional(real(0), 0),
  epsilon: optional(positive(), 1e-10),
});

/** G ← G + g²; x ← x − η g / (√G + ε). Duchi, Hazan & Singer, JMLR 2011. */
function create({ learningRate, initialSum, epsilon }: Decoded<typeof options>, parameterCount: number): Optimiser {
  const sum = new Float64Array(parameterCount).fill(initialSum);
  return {
    name: 'adagrad',
    step(parameters, gradient, met) {
      const count = met?.length ?? parameterCount;
      for (let j = 0; j < count; j++) {
        const i = met === undefined ? j : met[j];
        const g = gradient[i];
        sum[i] += g * g;
        parameters[i] -= (learningRate * g) / (Math.sqrt(sum[i]) + epsilon);
      }
    },
  };
}

export const adagrad = { description: 'AdaGrad: steps shrink with the sum of squared gradients (Duchi et al. 2011)', options, create };
