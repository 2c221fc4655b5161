import { UsageError } from '../errors.ts';
import { meanEstimate } from './estimate.ts';
import { pairedDifferences } from './paired-differences.ts';
import { studentised } from './paired-t-test.ts';

/**
 * Cohen's d_z = d̄/s_d, the mean difference in standard deviations of the differences (a − b): an effect size that does not grow with n.
 * 0 where a and b are equal throughout, NaN where they differ by one number (but for rounding), which has no spread. Cohen 1988; Lakens 2013.
 * @throws UsageError on fewer than two pairs, and as {@link pairedDifferences}
 */
export function cohenDz(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const mean = meanEstimate(pairedDifferences(a, b));
  if (mean.n < 2) throw new UsageError("Cohen's d_z needs at least two pairs, got one");
  return studentised(mean) / Math.sqrt(mean.n);
}
