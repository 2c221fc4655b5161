import { UsageError } from '../errors.ts';
import { gainOf } from '../label-gains.ts';
import { keepWork, sharedWork } from './kept-work.ts';
import { type MetricOptions, perQuery, SMALLEST_GRADE } from './metric-options.ts';
import { meanWithinTies, worthOf } from './ties.ts';

/** What the gain, discount and tie options make of ranked labels. Length D each. */
export interface Discounting {
  readonly gains: Float64Array; //    by place
  readonly expected: Float64Array; // the same over random order among ties
  readonly base: number;
}

/**
 * @throws UsageError as `gainOf`, and on a base that is not above 1
 */
export function discounting(ranked: Float32Array, { gain = 'exponential', base = 2, ties }: MetricOptions): Discounting {
  if (!(base > 1 && base < Infinity)) throw new UsageError(`the base of the discount must be a finite number above 1, got ${base}; try 2`);
  const own = sharedWork(ranked, gain, () => keepWork(worthOf(ranked, gainOf(gain))));
  return { gains: own, expected: meanWithinTies(own, ties), base };
}

/** Σ_{start ≤ i < last} gains[i] / log_b(i − start + b). */
export function discountedGain(gains: Float64Array, start: number, last: number, base: number): number {
  let sum = 0;
  for (let i = start; i < last; i++) if (gains[i] > 0) sum += gains[i] / Math.log2(i - start + base);
  return sum * Math.log2(base);
}

/**
 * Discounted cumulative gain, Σ_{rank ≤ k} g(y)/log_b(rank + b − 1), g(y) = 2^y − 1 (Burges et al. 2005), y (trec_eval) or what
 * a table says; b = 2 gives the
 * usual log2(rank + 1), any other b the discount of Kanoulas et al. 2011. In [0, ∞).
 * One value per query, length Q. @throws UsageError as {@link perQuery}, and on an unknown gain or a base that is not above 1
 */
export function dcg(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const { expected, base } = discounting(ranked, options);
  return perQuery(expected, offsets, options, SMALLEST_GRADE, (start, _end, last) => discountedGain(expected, start, last, base));
}
