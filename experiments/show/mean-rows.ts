import { UsageError } from '../../src/errors.ts';
import { meanEstimate, pairedTTest } from '../../src/stats/index.ts';
import type { TableRow } from './view.ts';

/**
 * Rows for `table`: the mean of every named list of values with its 95 % t interval, and by how much it is above that of the baseline, paired, value by value.
 * @throws UsageError where the baseline is none of the names, or lists differ in length
 */
export function meanRows(values: Readonly<Record<string, ArrayLike<number>>>, baseline: string): TableRow[] {
  if (!Object.hasOwn(values, baseline)) throw new UsageError(`baseline "${baseline}" is none of ${Object.keys(values).join(', ')}`);
  return Object.entries(values).map(([name, own]) => {
    const { value, lower, upper } = meanEstimate(own);
    if (name === baseline) return { name, mean: value, lower, upper };
    const { difference } = pairedTTest(own, values[baseline]);
    return { name, mean: value, lower, upper, [`above ${baseline} by`]: difference.value, from: difference.lower, to: difference.upper };
  });
}
