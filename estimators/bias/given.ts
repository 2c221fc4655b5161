import { array, type Decoded, maxValue, pipe, positive, strictObject } from '../../src/schema.ts';
import { type BiasEstimatorEntry, byRank } from './bias-estimator.ts';

const options = strictObject({ examination: array(pipe(positive(), maxValue(1))) });

/** Examination by rank as somebody else has it: from a paper, an eye-tracking study, another log. In (0, 1], one for each rank. */
export const given = {
  description: 'examination by rank as the config says it',
  source: 'given',
  needs: [],
  gives: 'examination',
  ranks: ({ examination }: Decoded<typeof options>) => examination.length,
  options,
  create:
    ({ examination }: Decoded<typeof options>) =>
    () =>
      byRank(Float64Array.from(examination), 'given'),
} as const satisfies BiasEstimatorEntry;
