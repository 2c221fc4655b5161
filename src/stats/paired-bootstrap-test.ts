import { UsageError } from '../errors.ts';
import type { Rng } from '../random/rng.ts';
import { pairedDifferences } from './paired-differences.ts';
import { isConstant } from './rounding.ts';

/**
 * Paired bootstrap test of the hypothesis that the mean difference is 0: the studentised mean t = d̄/(s/√n) is compared with those of B samples
 * drawn from the differences shifted to mean 0; p = (b + 1)/(B + 1), b counting |t*| ≥ |t|. Sakai, SIGIR 2006, fig. 1 (Efron & Tibshirani 1993, §16.4).
 * A resample without spread counts as extreme. Where the differences themselves are one number but for rounding, p is 1 if that is 0, else NaN.
 * @throws UsageError on fewer than two pairs, B < 1, and as {@link pairedDifferences}
 */
export function pairedBootstrapTest(
  a: ArrayLike<number>,
  b: ArrayLike<number>,
  rng: Rng,
  resamples = 1000,
): { readonly difference: number; readonly p: number } {
  if (!(Number.isSafeInteger(resamples) && resamples >= 1))
    throw new UsageError(`resamples must be a whole number of at least 1, got ${resamples}`);
  const differences = pairedDifferences(a, b);
  const n = differences.length;
  if (n < 2) throw new UsageError('a paired bootstrap test needs at least two pairs, got one');
  const difference = differences.reduce((sum, d) => sum + d, 0) / n;
  if (isConstant(differences)) return { difference: differences[0], p: differences[0] === 0 ? 1 : Number.NaN };
  const shifted = differences.map((d) => d - difference);
  const observed = studentised(
    difference,
    differences.reduce((sum, d) => sum + (d - difference) ** 2, 0),
    n,
  );
  let extreme = 0;
  for (let r = 0; r < resamples; r++) {
    let [sum, squares] = [0, 0];
    for (let i = 0; i < n; i++) {
      const d = shifted[Math.floor(rng.next() * n)];
      sum += d;
      squares += d * d;
    }
    if (studentised(sum / n, squares - (sum * sum) / n, n) >= observed) extreme++;
  }
  return { difference, p: (extreme + 1) / (resamples + 1) };
}

/** |mean|/(s/√n); 0 of nothing but zeros, ∞ of one other number. */
function studentised(mean: number, squares: number, n: number): number {
  if (mean === 0) return 0;
  return Math.abs(mean) / Math.sqrt(Math.max(0, squares) / (n - 1) / n);
}
