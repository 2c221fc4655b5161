import { gainShares } from '../label-gains.ts';
import { array, check, type Decoded, optional, pipe, positive, real, strictObject } from '../schema.ts';
import { gainOption, labelOptions } from './label-options.ts';
import { perSession } from './session-metric.ts';
import { SessionTable } from './session-table.ts';
import { timeOptions } from './time-options.ts';

const options = strictObject({
  /** T, in seconds: the decay reaches 0 here. 99, tuned on 80 rated search sessions (verified). */
  horizon: optional(positive(), 99),
  /** Seconds for a result with label 0, 1, 2, …; the last is for all labels above too. 9.8, 23.0, 37.6 (verified). */
  seconds: optional(
    pipe(
      array(real(0)),
      check((seconds) => seconds.length > 0, 'expected at least one time'),
    ),
    [9.8, 23, 37.6],
  ),
  ...timeOptions('mean-of-queries'),
  ...labelOptions,
  ...gainOption,
});

/**
 * U by time: Σ g·max(0, 1 − t/T), g = (2^l − 1)/2^H or l/H, t the time at which the result is reached: Σ seconds(label) of those before. ≥ 0; NaN without a
 * query. Jiang & Allan, CHIIR 2016 (their code; the mean over queries is theirs too).
 */
export const timeUMeasure = {
  description: 'U-measure in seconds: gain decays with the time that the results before took',
  options,
  symbols: { T: 'horizon', H: 'highestGrade' },
  create: ({ horizon, seconds, reformulationTime, over, labels: source, highestGrade, gain }: Decoded<typeof options>) =>
    perSession(new SessionTable(source, highestGrade), ({ queryCount, offsets, labels }) => {
      if (queryCount === 0) return Number.NaN;
      let sum = 0;
      let time = 0;
      for (let j = 0; j < queryCount; j++) {
        time = over === 'session' ? time + (j > 0 ? reformulationTime : 0) : 0;
        for (let i = offsets[j]; i < offsets[j + 1]; i++) {
          const label = labels[i];
          if (label > 0 && time < horizon) sum += gainShares[gain](label, highestGrade) * (1 - time / horizon);
          time += seconds[Math.min(Math.floor(label), seconds.length - 1)];
        }
      }
      return over === 'session' ? sum : sum / queryCount;
    }),
};
