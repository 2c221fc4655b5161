import type { QuerySet } from '../data/query-set.ts';
import type { MetricOptions } from './metric-options.ts';
import { type MetricEntry, metrics } from './metrics.ts';
import { parseMetric } from './parse-metric.ts';
import { rankLabels } from './rank-labels.ts';

/**
 * Ranks the documents of every query by score (descending) and measures the ranking:
 * per metric name, such as `ndcg@10`, one value per query (length Q). Documents of equal score tie: the value is the expectation over random
 * order among them, so that the order in which they come changes nothing. McSherry & Najork, ECIR 2008.
 * @param scores one per document, length D
 * @param options of all metrics; cutoffs come from the names
 * @param table the metrics that there are
 * @throws UsageError on a NaN score, a length mismatch, and as {@link parseMetric} and the metrics
 */
export function evaluateRanking<Name extends string>(
  scores: Float32Array | Float64Array,
  querySet: Pick<QuerySet, 'labels' | 'offsets'>,
  metricNames: readonly Name[],
  options: Omit<MetricOptions, 'cutoff'> = {},
  table: Readonly<Record<string, MetricEntry>> = metrics,
): Record<Name, Float64Array> {
  const named = metricNames.map((name) => parseMetric(name, table));
  const { ranked, ties } = rankLabels(scores, querySet.labels, querySet.offsets);
  const columns = named.map(({ name, compute }) => [name, compute(ranked, querySet.offsets, { ...options, ties })]);
  return Object.fromEntries(columns) as Record<Name, Float64Array>;
}
