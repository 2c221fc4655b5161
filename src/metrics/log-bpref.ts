import { bpref } from './bpref.ts';
import type { MetricOptions } from './metric-options.ts';
import { overOrders } from './over-orders.ts';

/** ln max(bpref, 0.00001), in [ln 0.00001, 0]: exp of its mean is the geometric mean, trec_eval's gm_bpref. Errors as `bpref`. */
export const logBpref = overOrders((ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}) =>
  bpref(ranked, offsets, options).map((value) => Math.log(Math.max(value, 1e-5))),
);
