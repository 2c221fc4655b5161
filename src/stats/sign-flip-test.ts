import { UsageError } from '../errors.ts';
import type { Rng } from '../random/rng.ts';
import { pairedDifferences } from './paired-differences.ts';
import { isConstant } from './rounding.ts';

/** What a paired randomisation test by flipped signs found. */
export interface SignFlipTest {
  /** Mean of a − b. */
  readonly difference: number;
  /** Two-sided, of the hypothesis that a and b could be exchanged within every pair. */
  readonly p: number;
  /** Every pattern of signs was counted: p has no sampling error. */
  readonly exact: boolean;
  /** Patterns of signs looked at: 2^n, or the number drawn. */
  readonly flips: number;
}

const EXACT_PAIRS = 20;

/**
 * Sign-flip randomisation test of paired values (Fisher): how often |Σ ±d_i| ≥ |Σ d_i| when every sign is a fair coin, d = a − b.
 * Pairs that tie cannot matter and are left out. Up to 20 others, all 2^n patterns are counted: p = share.
 * Above, B patterns are drawn: p = (b + 1)/(B + 1), never 0 (Phipson & Smyth 2010). Sums equal but for rounding count as equal.
 * @throws UsageError on B < 1, and as {@link pairedDifferences}
 */
export function signFlipTest(a: ArrayLike<number>, b: ArrayLike<number>, rng: Rng, flips = 20_000): SignFlipTest {
  if (!(Number.isSafeInteger(flips) && flips >= 1)) throw new UsageError(`flips must be a whole number of at least 1, got ${flips}`);
  const all = pairedDifferences(a, b);
  const differences = all.filter((d) => d !== 0);
  let total = 0;
  let size = 0;
  for (const d of differences) {
    total += d;
    size += Math.abs(d);
  }
  const threshold = Math.abs(total) - 1e-12 * size;
  const difference = total / all.length;
  if (differences.length <= EXACT_PAIRS) {
    const patterns = 2 ** differences.length;
    return { difference, p: countExtreme(differences, 0, 0, threshold) / patterns, exact: true, flips: patterns };
  }
  const extreme = drawExtreme(differences, total, threshold, flips, rng);
  return { difference, p: (extreme + 1) / (flips + 1), exact: false, flips };
}

/**
 * {@link signFlipTest} by the rule of the other tests, for tables that show them side by side: where all differences are one number other than 0,
 * p is NaN. Samples that do not vary are one sample, seen often.
 */
export function spreadSignFlipTest(...[a, b, ...more]: Parameters<typeof signFlipTest>): SignFlipTest {
  const differences = pairedDifferences(a, b);
  const test = signFlipTest(a, b, ...more);
  return differences[0] !== 0 && isConstant(differences) ? { ...test, p: Number.NaN } : test;
}

/** Patterns of signs of d_i, d_{i+1} … whose sum, added to `sum`, is at least `threshold` away from 0. */
function countExtreme(differences: Float64Array, i: number, sum: number, threshold: number): number {
  if (i === differences.length) return Math.abs(sum) >= threshold ? 1 : 0;
  const [plus, minus] = [sum + differences[i], sum - differences[i]];
  return countExtreme(differences, i + 1, plus, threshold) + countExtreme(differences, i + 1, minus, threshold);
}

/**
 * One uniform draw of 32 bits gives the signs of 32 pairs. The sums of every pattern of eight pairs are looked up, not added: most of the
 * time of comparing runs went here.
 */
function drawExtreme(differences: Float64Array, total: number, threshold: number, flips: number, rng: Rng): number {
  const sums = patternSums(differences);
  let extreme = 0;
  for (let f = 0; f < flips; f++) {
    let kept = 0;
    for (let start = 0; start < sums.length; start += 4 * PATTERNS) {
      const bits = (rng.next() * 2 ** 32) >>> 0;
      kept += sums[start + (bits & 255)] + sums[start + PATTERNS + ((bits >>> 8) & 255)];
      kept += sums[start + 2 * PATTERNS + ((bits >>> 16) & 255)] + sums[start + 3 * PATTERNS + (bits >>> 24)];
    }
    if (Math.abs(2 * kept - total) >= threshold) extreme++;
  }
  return extreme;
}

const PATTERNS = 1 << 8;

/** For every eight differences, and up to a multiple of 32 of them zeros, the sum of those whose bits a pattern of eight bits has. */
function patternSums(differences: Float64Array): Float64Array {
  const sums = new Float64Array(4 * PATTERNS * Math.ceil(differences.length / 32));
  for (let base = 0, first = 0; base < sums.length; base += PATTERNS, first += 8)
    for (let pattern = 1; pattern < PATTERNS; pattern++) {
      const lowest = 31 - Math.clz32(pattern & -pattern);
      sums[base + pattern] = sums[base + (pattern & (pattern - 1))] + (differences[first + lowest] ?? 0);
    }
  return sums;
}
