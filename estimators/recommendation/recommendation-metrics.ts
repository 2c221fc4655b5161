import { UsageError } from '../../src/errors.ts';
import { type MetricEntry, metrics } from '../../src/metrics/metrics.ts';
import { type NamedMetric, parseMetric } from '../../src/metrics/parse-metric.ts';
import type { Described } from '../../src/registry.ts';
import { nearName } from '../../src/registry.ts';
import { type EstimatedMetric, parseEstimatedMetric } from './estimable-metrics.ts';

/** A metric over all test pairs at once, from their scores, what the scores predict, and their labels. */
export interface PooledMetric extends Described {
  readonly lowerIsBetter: boolean;
  readonly needsPrediction: boolean; // not to be had from learners that only rank
}

/** Metrics over all test pairs at once, beside the ranking metrics per user. */
export const pooledMetrics = {
  'log-loss': { description: 'mean cross-entropy of the predicted probability', lowerIsBetter: true, needsPrediction: true },
  'relative-log-loss': { description: 'the same over that of the method ideal, seed by seed', lowerIsBetter: true, needsPrediction: true },
  'squared-error': {
    description: 'mean squared error of the prediction; of ratings on their scale',
    lowerIsBetter: true,
    needsPrediction: true,
  },
  'absolute-error': {
    description: 'mean absolute error of the prediction; of ratings on their scale',
    lowerIsBetter: true,
    needsPrediction: true,
  },
  auc: { description: 'probability that a relevant pair scores above an irrelevant one', lowerIsBetter: false, needsPrediction: false },
} satisfies Readonly<Record<string, PooledMetric>>;
export type PooledMetricName = keyof typeof pooledMetrics;

/** Strata of items by their clicks (or ratings) in the training log. */
export const strata = ['rare', 'frequent'] as const;
export type Stratum = (typeof strata)[number];

export type RecommendationMetric = { readonly label: string; readonly stratum: Stratum | null } & (
  | { readonly kind: 'pooled'; readonly name: PooledMetricName }
  | { readonly kind: 'ranking'; readonly metric: NamedMetric }
  | { readonly kind: 'estimated'; readonly metric: EstimatedMetric }
);

/**
 * `log-loss`, `ndcg@10`, and either with `:rare` or `:frequent` for the items of a stratum; `snips-dcg@5` and `dr-dcg@5`, estimates from
 * held-out data that are biased as the log is.
 * @throws UsageError on an unknown name or stratum
 */
export function parseRecommendationMetric(label: string, table: Readonly<Record<string, MetricEntry>> = metrics): RecommendationMetric {
  const [name, ...rest] = label.split(':');
  const stratum = strata.find((known) => known === rest[0]) ?? null;
  if (rest.length > 1 || (rest.length === 1 && stratum === null))
    throw new UsageError(`metric "${label}": after the colon expected ${strata.join(' or ')}`);
  if (Object.hasOwn(pooledMetrics, name)) return { kind: 'pooled', label, stratum, name: name as PooledMetricName };
  const estimated = parseEstimatedMetric(name);
  if (estimated !== null) {
    if (stratum !== null) throw new UsageError(`metric "${label}": an estimated metric is of all items; leave out :${stratum}`);
    return { kind: 'estimated', label, stratum, metric: estimated };
  }
  const base = name.split('@')[0];
  if (!Object.hasOwn(table, base)) {
    const known = [...Object.keys(pooledMetrics), ...Object.keys(table)].sort();
    throw new UsageError(`unknown metric "${base}"${nearName(base, known) || ';'} known: ${known.join(', ')}`);
  }
  return { kind: 'ranking', label, stratum, metric: parseMetric(name, table) };
}
