import { UsageError } from '../../src/errors.ts';
import { debiasedAuc } from '../../src/metrics/debiased-auc.ts';
import { pooledDebiasedAveragePrecision } from '../../src/metrics/debiased-average-precision.ts';
import { type PartlyObserved, pooledDebiasedMetric, type rankWorth } from '../../src/metrics/debiased-metric.ts';
import type { Described } from '../../src/registry.ts';

/** Estimates of a ranking metric over pairs that are not observed at random, from those that are; by the prefix of the metric's name. */
export const metricEstimators = {
  snips: { description: 'self-normalised inverse propensity scores: y/θ in the place of y over held-out pairs (Yang et al. 2018)' },
  dr: { description: 'doubly robust, explicit-feedback only: ŷ + (y − ŷ)/θ for y, ŷ the mean of the item (Saito 2020)' },
} satisfies Readonly<Record<string, Described>>;
export type MetricEstimator = keyof typeof metricEstimators;

type Estimate = (scores: Float32Array, pairs: PartlyObserved, labels: Float64Array, cutoff: number) => number;
interface Estimable extends Described {
  readonly cutoff: boolean; //       whether the name has one
  readonly binary: boolean; //       whether it is of pairs that are relevant or not
  readonly independent: boolean; //  whether it takes pairs to be observed independently of each other
  readonly compute: Estimate;
}
const byWorth = (worth: keyof typeof rankWorth, description: string): Estimable => ({
  description,
  ...{ cutoff: true, binary: false, independent: false },
  compute: (scores, pairs, labels, cutoff) => pooledDebiasedMetric(scores, pairs, labels, worth, cutoff),
});

/** What can be estimated, by its name after the prefix: what is a sum over pairs, or over two pairs, divided by such a sum. */
export const estimableMetrics = {
  dcg: byWorth('dcg', 'Σ y/log2(rank + 1) / Σ y over all users'),
  recall: byWorth('recall', 'Σ y [rank ≤ k] / Σ y over all users'),
  'saito-dcg': byWorth('saito-dcg', 'as dcg, ranks 1 and 2 both weighing 1'),
  'average-precision': {
    description: 'of all users, each weighted by what is relevant to them; pairs observed independently of each other',
    ...{ cutoff: true, binary: true, independent: true },
    compute: pooledDebiasedAveragePrecision,
  },
  auc: {
    description: 'of all pairs of all users at once; pairs observed independently of each other',
    ...{ cutoff: false, binary: true, independent: true },
    compute: (scores, _pairs, labels) => debiasedAuc(scores, labels),
  },
} satisfies Readonly<Record<string, Estimable>>;
export type EstimableMetric = keyof typeof estimableMetrics;

export interface EstimatedMetric {
  readonly estimator: MetricEstimator;
  readonly name: EstimableMetric;
  readonly cutoff: number; // Infinity where the name has none
}

/** Why a metric that people ask for has no estimate here. */
const inestimable: Readonly<Record<string, string>> = {
  ndcg: 'the ideal DCG of a user is no sum over pairs, so that no average over users comes near it while a user has few labels; use dcg, which is divided by Σ y',
};

/** `snips-dcg@5`, `dr-recall@10`, `snips-auc`; null for what begins otherwise. @throws UsageError for what ends otherwise */
export function parseEstimatedMetric(name: string): EstimatedMetric | null {
  const [, estimator, rest] = /^(snips|dr)-(.*)$/.exec(name) ?? [];
  if (estimator === undefined) return null;
  const [, metric, cutoff] = /^([a-z-]+?)(?:@([1-9][0-9]*))?$/.exec(rest) ?? [];
  if (Object.hasOwn(inestimable, metric ?? '')) throw new UsageError(`metric "${name}" cannot be estimated: ${inestimable[metric]}`);
  const known = metric !== undefined && Object.hasOwn(estimableMetrics, metric);
  if (!known || estimableMetrics[metric as EstimableMetric].cutoff !== (cutoff !== undefined))
    throw new UsageError(
      `metric "${name}": after ${estimator}- expected auc, or ${Object.keys(estimableMetrics)
        .filter((one) => one !== 'auc')
        .join(', ')} with a cutoff, such as dcg@5`,
    );
  return {
    estimator: estimator as MetricEstimator,
    name: metric as EstimableMetric,
    cutoff: cutoff === undefined ? Infinity : Number(cutoff),
  };
}
