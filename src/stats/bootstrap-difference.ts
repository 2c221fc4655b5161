import { percentileInterval } from './bootstrap.ts';
import type { Estimate } from './estimate.ts';
import { isConstant, roundingOf } from './rounding.ts';

/** A difference with its interval, and the p-value that the same resamples give. */
export interface BootstrapDifference {
  readonly difference: Estimate;
  /** Two-sided: twice the smaller share of resampled differences on either side of 0, with one added on both sides; never 0. NaN where no resample is defined, or all give one other difference. */
  readonly p: number;
}

/**
 * The difference of two statistics of the same units, from their values on the *same* resamples (see {@link resample}): what the two have in
 * common cancels, as it must for dependent correlations. p = min(1, 2·min(b₋ + 1, b₊ + 1)/(B + 1)), b₋ and b₊ counting differences ≤ 0 and ≥ 0:
 * the level at which the percentile interval just holds 0. Efron & Tibshirani 1993, §15.4; Wilcox 2009 on dependent correlations.
 */
export function bootstrapDifference(
  first: number,
  second: number,
  drawnFirst: ArrayLike<number>,
  drawnSecond: ArrayLike<number>,
  n: number,
  level = 0.95,
): BootstrapDifference {
  const drawn = Float64Array.from(drawnFirst, (value, b) => value - drawnSecond[b]).filter((value) => !Number.isNaN(value));
  return {
    difference: percentileInterval(first - second, drawn, n, level),
    p: twoSided(drawn, roundingOf(Math.max(Math.abs(first), Math.abs(second)))),
  };
}

/** @param error of a difference; within it a difference is 0 */
function twoSided(drawn: Float64Array, error: number): number {
  let [below, above] = [0, 0];
  for (const value of drawn) {
    if (value <= error) below++;
    if (value >= -error) above++;
  }
  if (drawn.length === 0 || (isConstant(drawn) && Math.min(below, above) === 0)) return Number.NaN;
  return Math.min(1, (2 * (Math.min(below, above) + 1)) / (drawn.length + 1));
}
