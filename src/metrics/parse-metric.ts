import { shownText } from '../data/decimal.ts';
import { UsageError } from '../errors.ts';
import { lookup } from '../registry.ts';
import { measureAliases, measures } from './measures.ts';
import { checkCutoff, type Metric } from './metric-options.ts';
import { type MetricEntry, metrics } from './metrics.ts';
import { overOrders } from './over-orders.ts';
import { parseMeasure } from './parse-measure.ts';

/** A metric with the cutoff that its name carries; `compute` ignores any other cutoff, and heeds ties. */
export interface NamedMetric {
  readonly name: string; //   as written: ndcg@10
  readonly metric: string; // key of the registry: ndcg
  readonly cutoff: number; // Infinity without one
  readonly compute: Metric;
}

/**
 * `ndcg@10` → NDCG with cutoff 10; `ndcg` → without. Names in ir_measures' notation are taken too, each with the definition it has there:
 * `ndcg@10` has exponential gain, as learning to rank has it, `nDCG@10` linear gain, as trec_eval has it.
 * @param table the metrics that names in small letters are of
 * @throws UsageError on an unknown metric (with the nearest name), on a measure of diversity, and on a cutoff that is not a whole number ≥ 1
 */
export function parseMetric(name: string, table: Readonly<Record<string, MetricEntry>> = metrics): NamedMetric {
  const [metric, ...cutoffs] = name.split('@');
  const [measure] = name.split(/[@(]/);
  if (!Object.hasOwn(table, metric) && (Object.hasOwn(measures, measure) || Object.hasOwn(measureAliases, measure))) return ofMeasure(name);
  const entry = lookup('metric', table, metric);
  const compute = entry.handlesTies === true ? entry.compute : overOrders(entry.compute);
  if (cutoffs.length > 1 || (cutoffs.length === 1 && !/^\d+(\.\d+)?$/.test(cutoffs[0])))
    throw new UsageError(`metric ${shownText(name)}: expected a name and a cutoff, such as ${metric}@10`);
  const cutoff = cutoffs.length === 0 ? Infinity : checkCutoff(Number(cutoffs[0]), shownText(name));
  if (cutoffs.length === 1 && cutoffs[0] !== String(cutoff))
    throw new UsageError(`metric ${shownText(name)}: write the cutoff as ${metric}@${cutoff}`);
  return { name, metric, cutoff, compute: (ranked, offsets, options) => compute(ranked, offsets, { ...options, cutoff }) };
}

function ofMeasure(name: string): NamedMetric {
  const { measure, parameters, compute, computeSubtopic } = parseMeasure(name);
  if (computeSubtopic !== null)
    throw new UsageError(
      `metric ${shownText(name)} needs judgments by subtopic, which a query set does not have; it is a measure of TREC runs`,
    );
  const { cutoff } = parameters;
  return { name, metric: measure, cutoff: typeof cutoff === 'number' ? cutoff : Infinity, compute };
}
