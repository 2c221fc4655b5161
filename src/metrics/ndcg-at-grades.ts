import { discountedGain, discounting } from './dcg.ts';
import { idealOrder } from './ideal-order.ts';
import { type MetricOptions, perQuery, SMALLEST_GRADE } from './metric-options.ts';

/**
 * Mean of DCG over ideal DCG at the ranks where a grade ends in the ideal order: after all documents of the highest grade, of the two
 * highest … of all R above 0; and once more over everything retrieved where that is at least R + 2 documents, as trec_eval has it.
 * In [0, 1]. trec_eval's Rndcg (linear gain). One value per query, length Q.
 * @throws UsageError as {@link perQuery}, and on an unknown gain or a base that is not above 1
 */
export function ndcgAtGrades(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const { gains, expected, base } = discounting(ranked, options);
  return perQuery(gains, offsets, options, SMALLEST_GRADE, (start, end, last) => {
    const ideal = idealOrder(gains, start, end);
    const { length } = ideal;
    const at = (actual: number, rank: number) => discountedGain(expected, start, actual, base) / discountedGain(ideal, 0, rank, base);
    let sum = 0;
    let count = 0;
    for (let rank = 1; rank <= length; rank++) {
      if (rank < length && ideal[rank] === ideal[rank - 1]) continue;
      sum += at(Math.min(last, start + rank), rank);
      count++;
    }
    return last - start < length + 2 ? sum / count : (sum + at(last, length)) / (count + 1);
  });
}
