import type { Metric, MetricOptions } from './metric-options.ts';

/**
 * A metric of condensed lists: retrieved documents without judgment (label below 0) are taken out before ranks are counted. Sakai & Kando,
 * Information Retrieval 2008; trec_eval's -J. The metric is wrapped; values and errors are its own.
 */
export const judgedOnly =
  (metric: Metric): Metric =>
  (ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}) => {
    const kept = new Float32Array(ranked.length);
    const ends = new Uint32Array(offsets.length);
    const retrieved = new Uint32Array(offsets.length - 1);
    let next = 0;
    for (let q = 0; q < retrieved.length; q++) {
      const notRetrieved = options.retrieved ? offsets[q] + options.retrieved[q] : offsets[q + 1];
      for (let i = offsets[q]; i < notRetrieved; i++) if (ranked[i] >= 0) kept[next++] = ranked[i];
      retrieved[q] = next - ends[q];
      for (let i = notRetrieved; i < offsets[q + 1]; i++) kept[next++] = ranked[i];
      ends[q + 1] = next;
    }
    return metric(kept.subarray(0, next), ends, { ...options, retrieved });
  };
