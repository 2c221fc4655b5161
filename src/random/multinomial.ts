import { UsageError } from '../errors.ts';
import { binomial } from './binomial.ts';
import type { Rng } from './rng.ts';

/**
 * How many of n items fall in each cell, cell i with probability weights[i] / Σ weights: one binomial draw per cell, whatever n.
 * @param n whole, 0 … 2⁵³ @param weights finite, ≥ 0, not all 0 unless n is 0 @returns counts that sum to n, length of `weights`
 * @throws UsageError on any other weights
 */
export function multinomial(n: number, weights: ArrayLike<number>, rng: Rng): Float64Array {
  const tails = tailSums(weights);
  if (!(Number.isInteger(n) && n >= 0)) throw new UsageError(`a multinomial needs a whole number of items, at least 0, got ${n}`);
  if (tails[0] === Infinity) throw new UsageError('the sum of the weights is beyond the largest number; divide them all by one number');
  if (n > 0 && !(tails[0] > 0)) throw new UsageError('a multinomial needs at least one cell with a weight above 0');
  const counts = new Float64Array(weights.length);
  let left = n;
  for (let i = 0; left > 0; i++) {
    counts[i] = binomial(left, weights[i] / tails[i], rng); // the last cell with weight has a quotient of exactly 1
    left -= counts[i];
  }
  return counts;
}

/** Σ of weights[i], weights[i + 1], …, for every i. */
function tailSums(weights: ArrayLike<number>): Float64Array {
  const tails = new Float64Array(weights.length);
  for (let i = weights.length - 1, sum = 0; i >= 0; i--) {
    if (!(weights[i] >= 0 && weights[i] < Infinity)) throw new UsageError(`weights[${i}] must be finite and at least 0, got ${weights[i]}`);
    tails[i] = sum += weights[i];
  }
  return tails;
}
