import type { Rng } from './rng.ts';
import { shuffle } from './shuffle.ts';

/**
 * Puts every run of equal values into uniformly random order, in place; draws nothing where no value is met twice.
 * @param order indexes of values, sorted by value @returns the same array
 */
export function shuffleTies(order: Uint32Array, values: ArrayLike<number>, rng: Rng): Uint32Array {
  for (let start = 0; start < order.length; ) {
    let end = start + 1;
    while (end < order.length && values[order[end]] === values[order[start]]) end++;
    if (end - start > 1) shuffle(order.subarray(start, end), rng);
    start = end;
  }
  return order;
}
