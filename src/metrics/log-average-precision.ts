import { averagePrecision } from './average-precision.ts';
import type { MetricOptions } from './metric-options.ts';
import { overOrders } from './over-orders.ts';

/**
 * ln max(AP, 0.00001), in [ln 0.00001, 0]: its mean is the logarithm of geometric mean average precision, which weighs poor queries more.
 * Robertson, "On GMAP: and other transformations", CIKM 2006; the floor is that of trec_eval's gm_map. Errors as `averagePrecision`.
 */
export const logAveragePrecision = overOrders((ranked: Float32Array, offsets: Uint32Array, options: MetricOptions = {}) =>
  averagePrecision(ranked, offsets, options).map((value) => Math.log(Math.max(value, 1e-5))),
);
