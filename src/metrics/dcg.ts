import { UsageError } from '../errors.ts';
import { lookup } from '../registry.ts';
import { type GainName, type MetricOptions, perQuery, SMALLEST_GRADE } from './metric-options.ts';

/** Gain of a label, by name; 0 for labels below 0, which are unjudged. */
export const gains: Readonly<Record<GainName, (label: number) => number>> = {
  exponential: (label) => (label > 0 ? 2 ** label - 1 : 0),
  linear: (label) => Math.max(label, 0),
};

/** Σ_{start ≤ i < last} gain(labels[i]) / log2(i − start + 2). */
export function discountedGain(labels: Float32Array, start: number, last: number, gain: (label: number) => number): number {
  let sum = 0;
  for (let i = start; i < last; i++) sum += gain(labels[i]) / Math.log2(i - start + 2);
  return sum;
}

/** @throws UsageError on an unknown gain, or a label whose gain is beyond the largest number: ∞/∞ would be NaN, which means undefined */
export function gainOf(labels: Float32Array, { gain: name = 'exponential' }: MetricOptions): (label: number) => number {
  const gain = lookup('gain', gains, name);
  const bad = labels.find((label) => gain(label) === Infinity);
  if (bad !== undefined) throw new UsageError(`label ${bad} has no finite ${name} gain; use linear gain, or grades of a smaller scale`);
  return gain;
}

/**
 * Discounted cumulative gain, Σ_{rank ≤ k} g(y)/log2(rank + 1), g(y) = 2^y − 1 (Burges et al. 2005) or y (trec_eval). In [0, ∞).
 * One value per query, length Q. @throws UsageError as {@link perQuery}, and on an unknown gain
 */
export function dcg(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const gain = gainOf(ranked, options);
  return perQuery(ranked, offsets, options, SMALLEST_GRADE, (start, _end, last) => discountedGain(ranked, start, last, gain));
}
