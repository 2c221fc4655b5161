import type { Decoded } from '../../../src/schema.ts';
import { expoMfOptions, fitExpoMf } from '../expo-mf.ts';
import { type EstimateExposure, itemExposure } from './exposure.ts';

/** μ_i of ExpoMF: P(O = 1) by item, found by EM together with the factors. */
export const expoMfExposure = {
  description: "by item, from ExpoMF's EM (Liang et al. 2016)",
  source: 'learnt' as const,
  options: expoMfOptions,
  create:
    (options: Decoded<typeof expoMfOptions>): EstimateExposure =>
    ({ log, rng }) =>
      itemExposure(log, fitExpoMf(log, options, rng.fork('expo-mf')).exposure, []),
};
