import { UsageError } from '../errors.ts';
import type { Rng } from './rng.ts';

/**
 * A sampler of i with probability weights[i] / Σ weights, in constant time a draw after linear set-up:
 * the alias method (Walker, 1977; Vose, IEEE Trans. Softw. Eng. 17, 1991).
 * @param weights finite, ≥ 0, not all 0
 * @throws UsageError on any other weights
 */
export function categorical(weights: ArrayLike<number>): (rng: Rng) => number {
  const size = weights.length;
  let sum = 0;
  for (let i = 0; i < size; i++) {
    if (!(weights[i] >= 0 && weights[i] < Infinity)) throw new UsageError(`weights[${i}] must be finite and at least 0, got ${weights[i]}`);
    sum += weights[i];
  }
  if (!(sum > 0)) throw new UsageError('a categorical distribution needs at least one weight above 0');
  if (sum === Infinity) throw new UsageError('the sum of the weights is beyond the largest number; divide them all by one number');
  const keep = Float64Array.from(weights, (weight) => (weight / sum) * size); // of a column's unit of mass, what stays its own
  const alias = Uint32Array.from(keep, (_, i) => i);
  const small: number[] = [];
  const large: number[] = [];
  keep.forEach((mass, i) => {
    (mass < 1 ? small : large).push(i);
  });
  while (small.length > 0 && large.length > 0) {
    const poor = small.pop() as number;
    const rich = large[large.length - 1];
    alias[poor] = rich;
    keep[rich] -= 1 - keep[poor];
    if (keep[rich] < 1) small.push(large.pop() as number);
  }
  for (const i of small) if (weights[i] > 0) keep[i] = 1; // left over by rounding: as good as full
  return (rng) => {
    const place = rng.double() * size;
    const column = Math.floor(place);
    return place - column < keep[column] ? column : alias[column];
  };
}
