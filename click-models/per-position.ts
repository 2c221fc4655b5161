import { UsageError } from '../src/errors.ts';

/**
 * One value per position, length K = `positions`: a number stands for all of them, of a longer array the first K count.
 * @param of what the values are of, where it is not positions
 * @throws UsageError where an array has fewer than K values
 */
export function perPosition(name: string, values: number | readonly number[], positions: number, of = 'position'): Float64Array {
  if (typeof values === 'number') return new Float64Array(positions).fill(values);
  if (values.length < positions) throw new UsageError(`${name} gives ${values.length} values for ${positions} ${of}s; give one per ${of}`);
  return Float64Array.from(values.slice(0, positions));
}
