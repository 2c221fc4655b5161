import { countRelevant } from './count-relevant.ts';
import { ANY_LABEL, type Metric, type MetricOptions, perQuery, relevanceThreshold } from './metric-options.ts';
import { expectedOfCount } from './ties.ts';

/** What a document is worth in linear utility. */
export interface Worth {
  readonly relevantRetrieved: number;
  readonly otherRetrieved: number;
  readonly relevantMissed: number;
}

/**
 * Linear utility of what was retrieved, as in the TREC filtering tracks: a·R⁺ + b·N⁺ + c·R⁻, the relevant and the other documents
 * retrieved and the relevant ones missed. trec_eval's utility without its fourth term, which needs the size of the collection.
 * One value per query, length Q; a query without a relevant document has one too. Errors of the metric: UsageError as {@link perQuery},
 * and on a threshold of 0 or less.
 */
export const utility =
  ({ relevantRetrieved, otherRetrieved, relevantMissed }: Worth): Metric =>
  (ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}) => {
    const threshold = relevanceThreshold(options);
    return perQuery(ranked, offsets, options, ANY_LABEL, (start, end, last) => {
      const relevant = countRelevant(ranked, start, end, threshold);
      const worth = (found: number) =>
        relevantRetrieved * found + otherRetrieved * (last - start - found) + relevantMissed * (relevant - found);
      return expectedOfCount(ranked, start, last, threshold, options.ties, worth);
    });
  };
