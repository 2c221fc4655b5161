import { checkPValues } from './check-p-values.ts';

/**
 * Bonferroni's correction: each of m p-values becomes min(1, m·p). The family-wise error rate holds whatever the dependence;
 * Holm's correction has the same guarantee and never a larger p. Dunn 1961. Same order and length as the input.
 * @throws UsageError on a p outside [0, 1]
 */
export function bonferroniCorrection(pValues: ArrayLike<number>): Float64Array {
  checkPValues(pValues);
  return Float64Array.from(pValues, (p) => Math.min(1, pValues.length * p));
}
