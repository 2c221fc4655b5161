import { checkPValues } from './check-p-values.ts';

/**
 * Benjamini and Hochberg's step-up correction: below q, the expected share of false among the differences called significant is at most q,
 * for independent or positively dependent tests. It does not bound the chance of any false one, as Holm's does. Benjamini & Hochberg 1995.
 * The i-th smallest of m p-values becomes min over j ≥ i of (m/j)·p_(j). Same order and length as the input.
 * @throws UsageError on a p outside [0, 1]
 */
export function benjaminiHochbergCorrection(pValues: ArrayLike<number>): Float64Array {
  checkPValues(pValues);
  const adjusted = Float64Array.from(pValues);
  const descending = Uint32Array.from(adjusted, (_, i) => i).sort((i, j) => pValues[j] - pValues[i]);
  let smallest = 1;
  descending.forEach((i, above) => {
    smallest = Math.min(smallest, (descending.length / (descending.length - above)) * pValues[i]);
    adjusted[i] = smallest;
  });
  return adjusted;
}
