import type { Exposure } from '../../estimators/recommendation/index.ts';
import { findRow, type InteractionLog, rowUsers } from '../../src/data/interactions/interaction-log.ts';
import { UsageError } from '../../src/errors.ts';
import { type HeldOutPairs, holdOutPairs, holdOutRows } from '../../src/learners/held-out-pairs.ts';
import { debiasedAuc } from '../../src/metrics/debiased-auc.ts';
import { pooledDebiasedAveragePrecision } from '../../src/metrics/debiased-average-precision.ts';
import {
  doublyRobustLabels,
  ipsLabels,
  type PartlyObserved,
  pooledDebiasedMetric,
  type rankWorth,
} from '../../src/metrics/debiased-metric.ts';
import type { Rng } from '../../src/random/rng.ts';
import type { Described } from '../../src/registry.ts';
import type { RecommendationProblem } from './problem.ts';

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

/** Pairs of which some were observed and not trained on, with what is imputed for all of them (null: nothing). */
export interface HeldOutObservations extends PartlyObserved {
  readonly users: Uint32Array;
  readonly items: Uint32Array;
  readonly imputed: Float64Array | null;
}

/** @throws UsageError where the labels are more than relevant or not, and the metric is of no more */
export function checkEstimable({ estimator, name }: EstimatedMetric, { observed, labels }: HeldOutObservations): void {
  if (!estimableMetrics[name].binary) return;
  const between = labels.findIndex((label, at) => observed[at] === 1 && label !== 0 && label !== 1);
  if (between >= 0)
    throw new UsageError(
      `${estimator}-${name} is of pairs that are relevant or not, but a value is ${labels[between]}; set world.relevantFrom`,
    );
}

/** The estimate for the scores of the pairs, in order. NaN where nothing relevant was observed. */
export function estimateMetric({ estimator, name, cutoff }: EstimatedMetric, pairs: HeldOutObservations, scores: Float32Array): number {
  if (estimator === 'dr' && pairs.imputed === null) throw new UsageError('a doubly robust estimate needs observed values, not clicks');
  const labels = estimator === 'dr' ? doublyRobustLabels(pairs, pairs.imputed as Float64Array) : ipsLabels(pairs);
  return estimableMetrics[name].compute(scores, pairs, labels, cutoff);
}

/**
 * Clicks: the pairs that every learner of the seed holds out, y/θ of a clicked one, 0 of another; E[Y/θ] = γ. Rankings are of a user's
 * held-out pairs. @param rng the learners' stream
 */
export function heldOutClicks({ log }: RecommendationProblem, exposure: Exposure, share: number, rng: Rng): HeldOutObservations {
  const heldOut = holdOutPairs(share, rng.fork('held-out'));
  const { users, items, offsets } = pairsOf(log, heldOut);
  const observed = Uint8Array.from(users, (u, at) => {
    const row = findRow(log, u, items[at]);
    return row >= 0 && log.clicks[row] === 1 ? 1 : 0;
  });
  const propensities = Float64Array.from(users, (u, at) => (observed[at] === 1 ? exposure.pair(u, items[at]) : 1));
  return { users, items, offsets, observed, labels: Float32Array.from(observed), propensities, imputed: null };
}

/**
 * Values: all pairs, of which the rows that every learner of the seed holds out are the observed ones; a pair is so with probability θ times
 * their share. ŷ is the mean of the item in the other rows, with the mean of all of them as one row more. @param rng the learners' stream
 * @throws UsageError where impressions repeat pairs
 */
export function heldOutValues(problem: RecommendationProblem, exposure: Exposure, share: number, rng: Rng): HeldOutObservations {
  const { log, target } = problem;
  if (log.repeated) throw new UsageError('estimated metrics need one row a pair, but this log has repeated impressions; leave them out');
  const isHeld = holdOutRows(log.items.length, share, rng.fork('held-out'));
  const { users, items, offsets } = pairsOf(log, null);
  const I = log.itemIds.length;
  const observed = new Uint8Array(users.length);
  const labels = new Float32Array(users.length);
  const propensities = new Float64Array(users.length).fill(1);
  const [sums, counts] = [new Float64Array(I), new Float64Array(I)];
  rowUsers(log).forEach((u, row) => {
    const item = log.items[row];
    if (isHeld[row] === 0) {
      sums[item] += target(row);
      counts[item]++;
      return;
    }
    const at = u * I + item;
    observed[at] = 1;
    labels[at] = target(row);
    propensities[at] = exposure.row(row) * share;
  });
  const all =
    sums.reduce((a, b) => a + b, 0) /
    Math.max(
      1,
      counts.reduce((a, b) => a + b, 0),
    );
  const means = sums.map((sum, item) => (sum + all) / (counts[item] + 1));
  return { users, items, offsets, observed, labels, propensities, imputed: Float64Array.from(items, (item) => means[item]) };
}

/** All pairs by user, or those held out. */
function pairsOf({ userIds, itemIds }: InteractionLog, heldOut: HeldOutPairs | null) {
  const [U, I] = [userIds.length, itemIds.length];
  const [users, items] = [new Uint32Array(U * I), new Uint32Array(U * I)];
  const offsets = new Uint32Array(U + 1);
  let at = 0;
  for (let u = 0; u < U; u++) {
    for (let i = 0; i < I; i++) {
      if (heldOut !== null && !heldOut.has(u, i)) continue;
      users[at] = u;
      items[at++] = i;
    }
    offsets[u + 1] = at;
  }
  return { users: users.subarray(0, at), items: items.subarray(0, at), offsets };
}
