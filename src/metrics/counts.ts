import { countRelevant } from './count-relevant.ts';
import { ANY_LABEL, type Metric, type MetricOptions, perQuery, relevanceThreshold } from './metric-options.ts';
import { expectedOfCount } from './ties.ts';

/** 1 for every query: added up, how many there are. Errors as {@link perQuery}. */
export const queryCount: Metric = (ranked, offsets, options = {}) => perQuery(ranked, offsets, options, ANY_LABEL, () => 1);

/** Documents retrieved, up to the cutoff; with a threshold only the relevant ones. Errors as {@link perQuery}. */
export function retrievedCount(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const threshold = options.threshold === undefined ? null : relevanceThreshold(options);
  return perQuery(ranked, offsets, options, ANY_LABEL, (start, _end, last) =>
    threshold === null ? last - start : expectedOfCount(ranked, start, last, threshold, options.ties, (found) => found),
  );
}

/** Relevant documents (label ≥ threshold), retrieved or not. Errors as {@link perQuery}, and on a threshold of 0 or less. */
export function relevantCount(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const threshold = relevanceThreshold(options);
  return perQuery(ranked, offsets, options, ANY_LABEL, (start, end) => countRelevant(ranked, start, end, threshold));
}

/** Documents retrieved that were judged and are not relevant: 0 ≤ label < threshold. Errors as {@link relevantCount}. */
export function otherCount(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}): Float64Array {
  const threshold = relevanceThreshold(options);
  return perQuery(ranked, offsets, options, ANY_LABEL, (start, _end, last) => {
    const from = (lowest: number) => expectedOfCount(ranked, start, last, lowest, options.ties, (found) => found);
    return from(0) - from(threshold);
  });
}
