import { expoMfExposure } from './expo-mf-exposure.ts';
import type { ExposureEntry } from './exposure.ts';
import { loggedExposure } from './logged-exposure.ts';
import { logistic } from './logistic.ts';
import { naiveBayes } from './naive-bayes.ts';
import { oracleExposure } from './oracle-exposure.ts';
import { popularityPower } from './popularity-power.ts';

export type { EstimateExposure, Exposure, ExposureEntry, ExposureInput } from './exposure.ts';
export { checkExposure, itemExposure, pairExposure } from './exposure.ts';

/** Every way to come by exposures, by name. A new one is one file and one line here. */
export const exposureEstimators = {
  'popularity-power': popularityPower,
  logistic,
  'naive-bayes': naiveBayes,
  'expo-mf': expoMfExposure,
  logged: loggedExposure,
  oracle: oracleExposure,
} satisfies Readonly<Record<string, ExposureEntry>>;
