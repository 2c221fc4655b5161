import { UsageError } from '../src/errors.ts';

/** @throws UsageError when a list is longer than the model has parameters for, or an attraction is outside [0, 1] */
export function checkList({ name, positions }: { readonly name: string; readonly positions: number }, attraction: Float64Array): void {
  if (attraction.length > positions)
    throw new UsageError(
      `${name} has parameters for ${positions} positions, but a list shows ${attraction.length}; show fewer or give more`,
    );
  const bad = attraction.findIndex((p) => !(p >= 0 && p <= 1));
  if (bad >= 0) throw new UsageError(`attraction at rank ${bad + 1} must be in [0, 1], got ${attraction[bad]}`);
}
