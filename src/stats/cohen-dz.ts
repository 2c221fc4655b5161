import { UsageError } from '../errors.ts';
import { meanEstimate } from './estimate.ts';
import { pairedDifferences } from './paired-differences.ts';

/**
 * Cohen's d_z = d̄/s_d, the mean difference in standard deviations of the differences (a − b): an effect size that does not grow with n.
 * 0 where a and b are equal throughout, ±∞ where they differ by one constant. Cohen 1988; Lakens 2013.
 * @throws UsageError on fewer than two pairs, and as {@link pairedDifferences}
 */
export function cohenDz(a: ArrayLike<number>, b: ArrayLike<number>): number {
  const { value, standardError, n } = meanEstimate(pairedDifferences(a, b));
  if (n < 2) throw new UsageError("Cohen's d_z needs at least two pairs, got one");
  return value === 0 ? 0 : value / (standardError * Math.sqrt(n));
}
