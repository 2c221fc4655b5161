import { UsageError } from '../../../src/errors.ts';
import { strictObject } from '../../../src/schema.ts';
import type { EstimateExposure } from './exposure.ts';

/** The exposure that the simulation drew with. */
export const oracleExposure = {
  description: 'the truth of a simulation',
  source: 'oracle' as const,
  options: strictObject({}),
  create: (): EstimateExposure => (input) => {
    if (input.known) return input.known;
    throw new UsageError('exposure: oracle needs a simulated log and its truth; use logged, popularity-power, logistic or naive-bayes');
  },
};
