import type { Metric, MetricOptions } from './metric-options.ts';
import { overOrders } from './over-orders.ts';

/**
 * A metric of condensed lists: retrieved documents without judgment (label below 0) are taken out before ranks are counted. Sakai & Kando,
 * Information Retrieval 2008; trec_eval's -J. The metric is wrapped; values and errors are its own. Ties stay ties among what is left.
 */
export const judgedOnly = (metric: Metric): Metric => {
  const condensed: Metric = (ranked, offsets, options = {}) => metric(...condense(ranked, offsets, options));
  const drawn = overOrders(condensed);
  return (ranked, offsets, options = {}) => (cutsTies(offsets, options) ? drawn : condensed)(ranked, offsets, options);
};

/** Whether it depends on the order among ties which documents were retrieved, and so how many of them are judged. */
function cutsTies(offsets: Uint32Array, { retrieved, ties }: MetricOptions): boolean {
  if (retrieved === undefined || ties === undefined) return false;
  return retrieved.some((count, q) => count > 0 && ties[offsets[q] + count - 1] > offsets[q] + count);
}

function condense(ranked: Float32Array, offsets: Uint32Array, options: MetricOptions): [Float32Array, Uint32Array, MetricOptions] {
  const places = new Uint32Array(ranked.length + 1); // how many are kept of those before
  const retrieved = new Uint32Array(offsets.length - 1);
  for (let q = 0; q < retrieved.length; q++) {
    const notRetrieved = options.retrieved ? offsets[q] + options.retrieved[q] : offsets[q + 1];
    for (let i = offsets[q]; i < offsets[q + 1]; i++) places[i + 1] = places[i] + Number(i >= notRetrieved || ranked[i] >= 0);
    retrieved[q] = places[notRetrieved] - places[offsets[q]];
  }
  const isKept = (_: number, i: number) => places[i + 1] > places[i];
  const { ties } = options;
  return [
    ranked.filter(isKept),
    offsets.map((at) => places[at]),
    { ...options, retrieved, ...(ties && { ties: ties.filter(isKept).map((end) => places[end]) }) },
  ];
}
