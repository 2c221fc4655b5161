import { UsageError } from '../errors.ts';

/** @throws UsageError on a p outside [0, 1] */
export function checkPValues(pValues: ArrayLike<number>): void {
  const bad = Array.from(pValues).findIndex((p) => !(p >= 0 && p <= 1));
  if (bad >= 0) throw new UsageError(`p-values must be in [0, 1], got ${pValues[bad]} at ${bad}`);
}
