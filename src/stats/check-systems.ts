import { UsageError } from '../errors.ts';

/** @throws UsageError unless there are at least two systems, with as many finite values each, at least two */
export function checkSystems(systems: readonly ArrayLike<number>[]): void {
  if (systems.length < 2) throw new UsageError(`a comparison of systems needs at least two, got ${systems.length}`);
  const units = systems[0].length;
  if (units < 2) throw new UsageError(`a comparison of systems needs at least two values of each, got ${units}`);
  for (const [s, values] of systems.entries()) {
    if (values.length !== units) throw new UsageError(`every system must have ${units} values, system ${s} has ${values.length}`);
    for (let i = 0; i < units; i++)
      if (!Number.isFinite(values[i]))
        throw new UsageError(`value ${i} of system ${s} must be finite, got ${values[i]}; leave it out of every system`);
  }
}

/** A pair of systems by index, first < second. */
export interface SystemPair {
  readonly first: number;
  readonly second: number;
  readonly difference: number; // mean of first − mean of second
  readonly p: number; //          two-sided, corrected for the number of pairs where the test says so; NaN where it is undefined
}

/** Every pair of k systems, in the order (0,1), (0,2) … (k−2,k−1). */
export function* pairsOf(k: number): Generator<readonly [number, number]> {
  for (let i = 0; i < k; i++) for (let j = i + 1; j < k; j++) yield [i, j];
}

export const meanOf = (values: ArrayLike<number>): number => {
  let sum = 0;
  for (let i = 0; i < values.length; i++) sum += values[i];
  return sum / values.length;
};
