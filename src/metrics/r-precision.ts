import { UsageError } from '../errors.ts';
import { countRelevant } from './count-relevant.ts';
import { type MetricOptions, perQuery, relevanceThreshold } from './metric-options.ts';
import { expectedOfCount } from './ties.ts';

/** Options of `rPrecision` beside those of every metric. */
export interface RPrecisionOptions extends MetricOptions {
  /** m, above 0: precision at rank ⌊m·R + 0.9⌋, which for 1 is R. Default 1. */
  readonly multiple?: number;
}

/**
 * Precision, and recall, at rank R, R = the query's relevant documents (label ≥ threshold), or at a multiple of it (trec_eval's
 * Rprec_mult); a cutoff limits the ranks looked at further. In [0, 1]. One value per query, length Q.
 * @throws UsageError as {@link perQuery}, on a threshold of 0 or less, and on a multiple that is not above 0
 */
export function rPrecision(ranked: Float32Array, offsets: Uint32Array, options: RPrecisionOptions = {}): Float64Array {
  const threshold = relevanceThreshold(options);
  const { multiple = 1 } = options;
  if (!(multiple > 0 && multiple < Infinity)) throw new UsageError(`the multiple of R must be a finite number above 0, got ${multiple}`);
  return perQuery(ranked, offsets, options, threshold, (start, end, last) => {
    const rank = Math.floor(multiple * countRelevant(ranked, start, end, threshold) + 0.9);
    if (rank === 0) return 0;
    return expectedOfCount(ranked, start, Math.min(last, start + rank), threshold, options.ties, (found) => found / rank);
  });
}
