import { percentileInterval } from './bootstrap.ts';
import type { Estimate } from './estimate.ts';

/** A difference with its interval, and the p-value that the same resamples give. */
export interface BootstrapDifference {
  readonly difference: Estimate;
  /** Two-sided: twice the smaller share of resampled differences on either side of 0, with one added on both sides; never 0. */
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
  let [below, above] = [0, 0];
  for (const value of drawn) {
    if (value <= 0) below++;
    if (value >= 0) above++;
  }
  return {
    difference: percentileInterval(first - second, drawn, n, level),
    p: drawn.length === 0 ? Number.NaN : Math.min(1, (2 * (Math.min(below, above) + 1)) / (drawn.length + 1)),
  };
}
