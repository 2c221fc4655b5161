import { UsageError } from '../errors.ts';
import { roundingOf } from './rounding.ts';

/**
 * a_i − b_i, one per query (or seed) that both systems were measured on. One that is 0 but for rounding is 0, and where all are one
 * number but for rounding they are that number: they have no spread.
 * @throws UsageError on a length mismatch, no pairs, or a value that is not finite
 */
export function pairedDifferences(a: ArrayLike<number>, b: ArrayLike<number>): Float64Array {
  if (a.length !== b.length) throw new UsageError(`paired values must be as many on both sides, got ${a.length} and ${b.length}`);
  if (a.length === 0) throw new UsageError('a paired comparison needs at least one pair, got none');
  const differences = Float64Array.from(a, (value, i) => value - b[i]);
  const bad = differences.findIndex((difference) => !Number.isFinite(difference));
  if (bad >= 0)
    throw new UsageError(`pair ${bad} must be two finite numbers, got ${a[bad]} and ${b[bad]}; leave such pairs out on both sides`);
  let [lowest, highest, largestError] = [Infinity, -Infinity, 0];
  for (const [i, difference] of differences.entries()) {
    const error = roundingOf(Math.max(Math.abs(a[i]), Math.abs(b[i])));
    if (Math.abs(difference) <= error) differences[i] = 0;
    if (difference < lowest) lowest = difference;
    if (difference > highest) highest = difference;
    if (error > largestError) largestError = error;
  }
  return highest - lowest <= largestError ? differences.fill(differences[0]) : differences;
}
