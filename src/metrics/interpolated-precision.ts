import { UsageError } from '../errors.ts';
import { type MetricOptions, perQuery, relevanceThreshold } from './metric-options.ts';
import { overOrders } from './over-orders.ts';
import { relevantPlaces } from './relevant-places.ts';

export interface InterpolationOptions extends MetricOptions {
  /** In [0, 1]. Default 0. */
  readonly recall?: number;
}

/**
 * The highest precision at any rank from which on recall is at least `recall`: at least round(recall · R) of the R relevant documents are
 * found; 0 where so many never are. In [0, 1]. trec_eval's iprec_at_recall (version 10: rounded to the nearest).
 * One value per query, length Q. @throws UsageError as {@link perQuery}, on a threshold of 0 or less, and on a recall outside [0, 1]
 */
export const interpolatedPrecision = overOrders((ranked: Float32Array, offsets: Uint32Array, options: InterpolationOptions = {}) => {
  const threshold = relevanceThreshold(options);
  const { recall = 0 } = options;
  if (!(recall >= 0 && recall <= 1)) throw new UsageError(`the recall of interpolated precision must be in [0, 1], got ${recall}`);
  return perQuery(ranked, offsets, options, threshold, (start, end, last) => {
    const places = relevantPlaces(ranked, start, end, threshold); // between them precision only falls
    const needed = Math.round(recall * places.length);
    let highest = 0;
    for (let n = Math.max(0, needed - 1); n < places.length && places[n] < last; n++)
      highest = Math.max(highest, (n + 1) / (places[n] - start + 1));
    return highest;
  });
});
