import type { Decoded } from '../../../src/schema.ts';
import { expoMfOptions, fitExpoMf } from '../expo-mf.ts';
import { itemExposure } from '../exposure/exposure.ts';
import type { LearnRecommender } from '../recommender.ts';

export const expoMfImplicit = {
  description: 'exposure as a hidden variable: EM, factors by weighted least squares (ExpoMF, Liang et al. 2016); ranks only',
  ranksOnly: true,
  options: expoMfOptions,
  create:
    (options: Decoded<typeof expoMfOptions>): LearnRecommender =>
    ({ log, rng }) => {
      const { dimension: K, userFactors: P, itemFactors: Q, exposure } = fitExpoMf(log, options, rng.fork('expo-mf'));
      return {
        scores(users, items, count, out) {
          for (let b = 0; b < count; b++) {
            let sum = 0;
            for (let f = 0; f < K; f++) sum += P[users[b] * K + f] * Q[items[b] * K + f];
            out[b] = sum;
          }
        },
        predict: null,
        record: null,
        exposure: itemExposure(log, exposure, []),
      };
    },
};
