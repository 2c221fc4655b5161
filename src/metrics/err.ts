import { UsageError } from '../errors.ts';
import { twoToThe } from '../math/exponential-grade.ts';
import { gains } from './dcg.ts';
import { type MetricOptions, perQuery, SMALLEST_GRADE } from './metric-options.ts';

/**
 * Expected reciprocal rank of a user who stops at a document with probability R = (2^y − 1)/2^Y, Y the highest grade of the scale:
 * Σ_{rank ≤ k} (1/rank)·R_rank·Π_{above} (1 − R). In [0, 1). Chapelle et al., CIKM 2009. One value per query, length Q.
 * @throws UsageError as {@link perQuery}, and on a label above `highestGrade`
 */
export function err(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const scale = stopScale(ranked, options);
  return perQuery(ranked, offsets, options, SMALLEST_GRADE, (start, _end, last) => expectedReciprocalRank(ranked, start, last, scale));
}

/** 2^−Y. @throws UsageError on a label above the highest grade Y */
export function stopScale(labels: Float32Array, { highestGrade = 4 }: MetricOptions): number {
  if (!(highestGrade > 0 && highestGrade < Infinity))
    throw new UsageError(`highestGrade must be a finite number above 0, got ${highestGrade}`);
  const above = labels.find((label) => label > highestGrade);
  if (above !== undefined)
    throw new UsageError(
      `err: label ${above} is above highestGrade ${highestGrade}; pass the highest grade of the label scale (in a name, max_rel)`,
    );
  return 1 / twoToThe(highestGrade);
}

/** Σ_{start ≤ i < last} R_i/(i − start + 1) · Π_{start ≤ j < i} (1 − R_j), R = (2^y − 1)·scale. */
export function expectedReciprocalRank(labels: Float32Array, start: number, last: number, scale: number): number {
  let sum = 0;
  let stillLooking = 1;
  for (let i = start; i < last; i++) {
    const stop = gains.exponential(labels[i]) * scale;
    sum += (stillLooking * stop) / (i - start + 1);
    stillLooking *= 1 - stop;
  }
  return sum;
}
