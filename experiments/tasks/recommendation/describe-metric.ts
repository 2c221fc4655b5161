import { metricEstimators } from '../../../estimators/recommendation/estimable-metrics.ts';
import { pooledMetrics, type RecommendationMetric } from '../../../estimators/recommendation/recommendation-metrics.ts';
import type { MetricEntry } from '../../../src/metrics/metrics.ts';
import type { MetricDescription } from '../../tables/study-description.ts';

/** As tables and pages need to know it. */
export function describeMetric(metric: RecommendationMetric, table: Readonly<Record<string, MetricEntry>>): MetricDescription {
  const { label, stratum } = metric;
  const of = stratum === null ? '' : `, of ${stratum} items only`;
  if (metric.kind === 'pooled') {
    const { description, lowerIsBetter } = pooledMetrics[metric.name];
    return { label, description: description + of, unit: 'user', lowerIsBetter };
  }
  if (metric.kind === 'estimated')
    return { label, description: metricEstimators[metric.metric.estimator].description, unit: 'all', lowerIsBetter: false };
  const { description, lowerIsBetter = false } = table[metric.metric.metric];
  return { label, description: description + of, unit: 'user', lowerIsBetter };
}
