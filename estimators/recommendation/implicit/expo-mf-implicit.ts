import { factorScores } from '../../../src/models/factor-scores.ts';
import type { Decoded } from '../../../src/schema.ts';
import { expoMfOptions, fitExpoMf } from '../expo-mf.ts';
import { itemExposure } from '../exposure/exposure.ts';
import type { LearnRecommender } from '../recommender.ts';

export const expoMfImplicit = {
  description: 'exposure as a hidden variable: EM, factors by weighted least squares (ExpoMF, Liang et al. 2016); ranks only',
  ranksOnly: true,
  untrained: true,
  source: 'learnt' as const,
  options: expoMfOptions,
  create:
    (options: Decoded<typeof expoMfOptions>): LearnRecommender =>
    ({ log, rng }) => {
      const { dimension, userFactors, itemFactors, exposure } = fitExpoMf(log, options, rng.fork('expo-mf'));
      const rows = (values: Float64Array) => ({ values: Float32Array.from(values), width: dimension });
      const factors = { users: rows(userFactors), items: rows(itemFactors), common: null };
      return {
        scores: factorScores(factors),
        stored: () => ({ name: 'matrix-factorisation', ...factors }),
        predict: null,
        record: null,
        exposure: itemExposure(log, exposure, []),
      };
    },
};
