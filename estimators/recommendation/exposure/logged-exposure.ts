import { UsageError } from '../../../src/errors.ts';
import { strictObject } from '../../../src/schema.ts';
import type { EstimateExposure } from './exposure.ts';

/**
 * The propensities that the log carries, as a logging policy or a data set states them. Of a pair that has no row nothing is known,
 * so methods that ask for the exposure of unseen pairs (UBPR, TDR) refuse it.
 */
export const loggedExposure = {
  description: 'the propensities that the log carries',
  source: 'logged' as const,
  options: strictObject({}),
  create:
    (): EstimateExposure =>
    ({ log: { propensities } }) => {
      if (propensities === null)
        throw new UsageError('exposure: logged needs a log with propensities; use popularity-power, logistic or naive-bayes');
      return {
        pair() {
          throw new UsageError(
            'logged propensities are of observed rows only; this method asks for those of unseen pairs too: use another exposure',
          );
        },
        row: (row) => propensities[row],
        notes: [],
      };
    },
};
