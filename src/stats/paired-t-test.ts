import { UsageError } from '../errors.ts';
import { type Estimate, meanInterval } from './estimate.ts';
import { pairedDifferences } from './paired-differences.ts';
import { studentTail } from './student-t.ts';

/** What a two-sided paired t-test found. */
export interface PairedTTest {
  /** Mean of a − b with its t interval. */
  readonly difference: Estimate;
  readonly t: number; // NaN, like p, where the differences have no spread
  readonly degreesOfFreedom: number;
  /** Two-sided, of the hypothesis that the mean difference is 0. */
  readonly p: number;
}

/**
 * Student's paired t-test: t = d̄/(s_d/√n) with n − 1 degrees of freedom, d = a − b.
 * Where all differences are one number but for rounding, s_d = 0: t = 0 and p = 1 if that number is 0; of another one t and p are NaN, as samples
 * that do not vary say nothing of their spread.
 * @throws UsageError on fewer than two pairs, and as {@link pairedDifferences}
 */
export function pairedTTest(a: ArrayLike<number>, b: ArrayLike<number>, level = 0.95): PairedTTest {
  const differences = pairedDifferences(a, b);
  if (differences.length < 2) throw new UsageError('a paired t-test needs at least two pairs, got one');
  const difference = meanInterval(differences, level);
  const t = studentised(difference);
  const degreesOfFreedom = differences.length - 1;
  return { difference, t, degreesOfFreedom, p: studentTail(t, degreesOfFreedom) };
}

/** A mean in its standard errors: 0 of nothing but zeros, NaN of one other number. */
export const studentised = ({ value, standardError }: Pick<Estimate, 'value' | 'standardError'>): number =>
  standardError > 0 ? value / standardError : value === 0 ? 0 : Number.NaN;
