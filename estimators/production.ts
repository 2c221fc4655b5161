import { UsageError } from '../src/errors.ts';
import { strictObject } from '../src/schema.ts';
import type { Learn } from './estimator.ts';

/** The order that the lists of the log came from, as far as it is known. */
export const production = {
  description: 'the production ranker that ordered the lists of the log: no learning',
  reference: true,
  options: strictObject({}),
  create:
    (): Learn =>
    ({ production: ranker }) => {
      if (!ranker) throw new UsageError('production: no production ranker is known for a log that was given; drop this method');
      return { rank: ranker, scorer: null, examination: null, record: ranker.record?.() ?? null };
    },
};
