import { UsageError } from '../errors.ts';
import type { CountedStatistic } from './bootstrap.ts';

/** The mean of values as a statistic to bootstrap. @throws UsageError on a value that is not finite */
export function countedMean(values: ArrayLike<number>): CountedStatistic {
  for (let i = 0; i < values.length; i++)
    if (!Number.isFinite(values[i]))
      throw new UsageError(`values[${i}] must be finite, got ${values[i]}; leave undefined values out first`);
  return (counts) => {
    let [sum, n] = [0, 0];
    for (let i = 0; i < counts.length; i++) {
      sum += counts[i] * values[i];
      n += counts[i];
    }
    return sum / n;
  };
}
