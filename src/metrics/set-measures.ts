import { countRelevant } from './count-relevant.ts';
import { type Metric, type MetricOptions, perQuery, relevanceThreshold } from './metric-options.ts';
import { expectedOfCount } from './ties.ts';

/** Of one query: documents retrieved, relevant ones among them, and all that are relevant (at least 1). */
export type SetValue = (retrieved: number, found: number, relevant: number) => number;

/**
 * A measure of what was retrieved as a set, whatever the order; 0 where nothing was. One value per query, length Q.
 * Errors of the metric: UsageError as {@link perQuery}, and on a threshold of 0 or less.
 */
export const setMeasure =
  (value: SetValue): Metric =>
  (ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}) => {
    const threshold = relevanceThreshold(options);
    return perQuery(ranked, offsets, options, threshold, (start, end, last) => {
      if (last === start) return 0;
      const relevant = countRelevant(ranked, start, end, threshold);
      return expectedOfCount(ranked, start, last, threshold, options.ties, (found) => value(last - start, found, relevant));
    });
  };

/** Precision times recall. In [0, 1]. trec_eval's set_map. */
export const setAveragePrecision: SetValue = (retrieved, found, relevant) => (found / retrieved) * (found / relevant);

/** (β + 1)·P·R/(β·P + R): trec_eval's set_F, whose β is not squared. In [0, 1]. */
export const setF =
  (beta: number): SetValue =>
  (retrieved, found, relevant) => {
    const [precision, recall] = [found / retrieved, found / relevant];
    return found === 0 ? 0 : ((beta + 1) * precision * recall) / (beta * precision + recall);
  };
