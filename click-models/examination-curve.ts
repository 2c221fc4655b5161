import { array, type Decoded, optional, picklist, probability, real, strictObject, union } from '../src/schema.ts';
import { perPosition } from './per-position.ts';

/** Examination by rank in Joachims et al.'s eye tracking (SIGIR 2005), in the values that Ai et al. (SIGIR 2018) simulate with. */
export const eyeTracking: readonly number[] = [0.68, 0.61, 0.48, 0.34, 0.28, 0.2, 0.11, 0.1, 0.08, 0.06];

const curves = {
  'eye-tracking': (k: number) => eyeTracking[Math.min(k, eyeTracking.length - 1)], // later ranks are taken to be like the last
  'inverse-rank': (k: number) => 1 / (k + 1),
};

/** Options of models with one examination probability per position. */
export const examinationOptions = strictObject({
  examination: optional(union([picklist(['eye-tracking', 'inverse-rank']), array(probability())]), 'eye-tracking'),
  eta: optional(real(0), 1), // exponent: 0 is no position bias, above 1 a stronger one
});

/**
 * θ_k = base_k^η for K positions; base: the eye-tracking table, 1/rank, or the numbers given.
 * @throws UsageError when fewer numbers than positions are given
 */
export function examinationCurveOf({ examination, eta }: Decoded<typeof examinationOptions>, positions: number): Float64Array {
  const base =
    typeof examination === 'string'
      ? Float64Array.from({ length: positions }, (_, k) => curves[examination](k))
      : perPosition('examination', examination, positions);
  return base.map((theta) => theta ** eta);
}
