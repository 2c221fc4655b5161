import { checkPValues } from './check-p-values.ts';

/**
 * Holm's step-down correction: the family-wise error rate holds whatever the dependence between the tests. Holm 1979.
 * The i-th smallest of m p-values becomes max over j ≤ i of min(1, (m − j + 1)·p_(j)). Same order and length as the input.
 * @throws UsageError on a p outside [0, 1]
 */
export function holmCorrection(pValues: ArrayLike<number>): Float64Array {
  checkPValues(pValues);
  const adjusted = Float64Array.from(pValues);
  const ascending = Uint32Array.from(adjusted, (_, i) => i).sort((i, j) => pValues[i] - pValues[j]);
  let largest = 0;
  ascending.forEach((i, rank) => {
    largest = Math.max(largest, Math.min(1, (ascending.length - rank) * pValues[i]));
    adjusted[i] = largest;
  });
  return adjusted;
}
