import type { Rng } from '../random/rng.ts';
import { shuffleTies } from '../random/shuffle-ties.ts';

/** Indices of the k largest values, largest first, equal values in an order that is drawn; all of them where there are fewer than k. No NaN. */
export function topIndices(values: ArrayLike<number>, k: number, rng: Rng): Uint32Array {
  const order = Uint32Array.from(values, (_, i) => i);
  order.sort((i, j) => (values[i] === values[j] ? i - j : values[j] > values[i] ? 1 : -1));
  return shuffleTies(order, values, rng).slice(0, k);
}
