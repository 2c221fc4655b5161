import { UsageError } from '../errors.ts';
import { isOneNumber } from './rounding.ts';
import { studentQuantile } from './student-t.ts';

/** What is reported: a number never leaves without its doubt. */
export interface Estimate {
  readonly value: number;
  /** NaN, like the bounds, when n < 2: one value says nothing of its spread. */
  readonly standardError: number;
  readonly lower: number;
  readonly upper: number;
  /** How many values it rests on; with weights, their sum. */
  readonly n: number;
}

/**
 * Mean of independent values and its 95 % t interval: v̄ ± t(0.975; n − 1) · s/√n, s² = Σ w (v − v̄)²/(n − 1), n = Σ w.
 * Where all values are one number but for rounding, s = 0.
 * @param weights how often each value was seen (counted rows); all 1 when absent. Values of weight 0 are not looked at.
 * @throws UsageError without values, on a value that is not finite, on a negative weight or a length mismatch
 */
export function meanEstimate(values: ArrayLike<number>, weights?: ArrayLike<number>): Estimate {
  return weightedInterval(values, weights, 0.95);
}

/**
 * Mean of independent values and its t interval at a level in (0, 1), as {@link meanEstimate}.
 * @throws UsageError as there, and on a level outside (0, 1)
 */
export function meanInterval(values: ArrayLike<number>, level = 0.95): Estimate {
  return weightedInterval(values, undefined, level);
}

/** Of what has no value. */
export const undefinedEstimate: Estimate = { value: Number.NaN, standardError: Number.NaN, lower: Number.NaN, upper: Number.NaN, n: 0 };

/** A number as results keep it: null where it is undefined. */
export const orNull = (value: number): number | null => (Number.isNaN(value) ? null : value);

function weightedInterval(values: ArrayLike<number>, weights: ArrayLike<number> | undefined, level: number): Estimate {
  if (weights && weights.length !== values.length)
    throw new UsageError(`expected ${values.length} weights, one per value, got ${weights.length}`);
  let n = 0;
  let sum = 0;
  let [lowest, highest] = [Infinity, -Infinity];
  for (let i = 0; i < values.length; i++) {
    const weight = weights ? weights[i] : 1;
    if (!(weight >= 0 && weight < Infinity)) throw new UsageError(`weights[${i}] must be a count ≥ 0, got ${weight}`);
    if (weight === 0) continue;
    if (!Number.isFinite(values[i]))
      throw new UsageError(`values[${i}] must be finite, got ${values[i]}; leave undefined values out first`);
    n += weight;
    sum += weight * values[i];
    if (values[i] < lowest) lowest = values[i];
    if (values[i] > highest) highest = values[i];
  }
  if (n === 0) throw new UsageError('a mean needs at least one value, got none');
  const value = lowest === highest ? lowest : sum / n;
  if (n < 2) return { value, standardError: Number.NaN, lower: Number.NaN, upper: Number.NaN, n };
  if (isOneNumber(lowest, highest)) return { value, standardError: 0, lower: value, upper: value, n };
  let squares = 0;
  for (let i = 0; i < values.length; i++) {
    const weight = weights ? weights[i] : 1;
    if (weight > 0) squares += weight * (values[i] - value) ** 2;
  }
  const standardError = Math.sqrt(squares / (n - 1) / n);
  const half = studentQuantile(level, n - 1) * standardError;
  return { value, standardError, lower: value - half, upper: value + half, n };
}
