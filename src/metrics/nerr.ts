import { expectedReciprocalRank, stopProbabilities } from './err.ts';
import { idealOrder } from './ideal-order.ts';
import { type MetricOptions, perQuery, SMALLEST_GRADE } from './metric-options.ts';

/**
 * ERR@k over the ERR@k of the ideal order of all the query's judged documents (grades descending, which maximises ERR), in [0, 1].
 * One value per query, length Q. @throws UsageError as {@link perQuery}, and on a label above `highestGrade`
 */
export function nerr(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const stops = stopProbabilities(ranked, options);
  const { cutoff = Infinity } = options;
  return perQuery(stops, offsets, options, SMALLEST_GRADE, (start, end, last) => {
    const ideal = idealOrder(stops, start, end);
    return expectedReciprocalRank(stops, start, last, options.ties) / expectedReciprocalRank(ideal, 0, Math.min(ideal.length, cutoff));
  });
}
