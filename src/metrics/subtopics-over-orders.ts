import type { Qrels } from '../data/trec/qrels.ts';
import type { JudgedRows } from './judged-rows.ts';
import type { MetricOptions } from './metric-options.ts';
import { ordersOfTies } from './over-orders.ts';
import type { SubtopicMetric } from './subtopic-metric.ts';
import { summarise } from './summarise.ts';

/** A measure of diversity over random order among documents of equal score: all orders where they are few, else the mean over drawn ones, as `overOrders` has it. */
export const subtopicsOverOrders =
  (metric: SubtopicMetric): SubtopicMetric =>
  (qrels: Qrels, { rows, offsets, retrieved, ties }: JudgedRows, options?: Pick<MetricOptions, 'emptyQueries'>) =>
    Float64Array.from(retrieved, (depth, t) => {
      const own = rows.subarray(offsets[t], offsets[t + 1]);
      const orders = ordersOfTies(own, offsets[t], ties) ?? own;
      const count = orders.length / Math.max(1, own.length);
      const repeated: JudgedRows = {
        rows: Int32Array.from(orders),
        offsets: Uint32Array.from({ length: Math.max(1, count) + 1 }, (_, i) => i * own.length),
        retrieved: new Uint32Array(Math.max(1, count)).fill(depth),
        ties,
      };
      return summarise(metric(qrels, repeated, options)).mean;
    });
