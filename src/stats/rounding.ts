/**
 * Below this share of what they were computed from, two numbers differ by rounding only: sums of thousands of terms that are added in another
 * order differ by about 1e-13 of the largest.
 */
const ROUNDING = 1e-12;

/** How far a number computed from values of this magnitude may be off. */
export const roundingOf = (magnitude: number): number => ROUNDING * Math.abs(magnitude);

/** Whether values from the lowest to the highest are one number but for rounding: their spread is 0, and nothing can be divided by it. */
export const isOneNumber = (lowest: number, highest: number): boolean => !(highest - lowest > roundingOf(Math.max(-lowest, highest)));

/** Whether all values are one number but for rounding. True of none. */
export function isConstant(values: ArrayLike<number>): boolean {
  let [lowest, highest] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    if (values[i] < lowest) lowest = values[i];
    if (values[i] > highest) highest = values[i];
  }
  return isOneNumber(lowest, highest);
}
