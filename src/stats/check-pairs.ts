import { UsageError } from '../errors.ts';

/** @throws UsageError on a length mismatch, fewer than two pairs, or a value that is not finite */
export function checkPairs(x: ArrayLike<number>, y: ArrayLike<number>): void {
  if (x.length !== y.length) throw new UsageError(`a correlation needs as many values on both sides, got ${x.length} and ${y.length}`);
  if (x.length < 2) throw new UsageError(`a correlation needs at least two pairs, got ${x.length}`);
  for (let i = 0; i < x.length; i++)
    if (!(Number.isFinite(x[i]) && Number.isFinite(y[i])))
      throw new UsageError(`pair ${i} must be two finite numbers, got ${x[i]} and ${y[i]}; leave such pairs out on both sides`);
}

/** One of every pair. */
export const onceEach = (x: ArrayLike<number>): Float64Array => new Float64Array(x.length).fill(1);
