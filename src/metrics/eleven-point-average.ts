import { interpolatedPrecision } from './interpolated-precision.ts';
import type { MetricOptions } from './metric-options.ts';

/** Mean of interpolated precision at the recalls 0, 0.1 … 1. In [0, 1]. trec_eval's 11pt_avg. Errors as {@link interpolatedPrecision}. */
export function elevenPointAverage(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const sums = new Float64Array(offsets.length - 1);
  for (let tenth = 0; tenth <= 10; tenth++)
    interpolatedPrecision(ranked, offsets, { ...options, recall: tenth / 10 }).forEach((value, q) => {
      sums[q] += value / 11;
    });
  return sums;
}
