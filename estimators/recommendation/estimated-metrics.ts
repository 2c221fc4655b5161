import { findRow, type InteractionLog, rowUsers } from '../../src/data/interactions/interaction-log.ts';
import { UsageError } from '../../src/errors.ts';
import { type HeldOutPairs, holdOutPairs, holdOutRows } from '../../src/learners/held-out-pairs.ts';
import { doublyRobustLabels, ipsLabels, type PartlyObserved } from '../../src/metrics/debiased-metric.ts';
import type { Rng } from '../../src/random/rng.ts';
import { type EstimatedMetric, estimableMetrics } from './estimable-metrics.ts';
import type { Exposure } from './exposure/exposure.ts';
import { itemMeans } from './item-recommender.ts';

/** A log, and the target of its rows. */
interface ObservedLog {
  readonly log: InteractionLog;
  readonly target: (row: number) => number;
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
export function heldOutClicks({ log }: Pick<ObservedLog, 'log'>, exposure: Exposure, share: number, rng: Rng): HeldOutObservations {
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
export function heldOutValues(problem: ObservedLog, exposure: Exposure, share: number, rng: Rng): HeldOutObservations {
  const { log, target } = problem;
  if (log.repeated) throw new UsageError('estimated metrics need one row a pair, but this log has repeated impressions; leave them out');
  const isHeld = holdOutRows(log.items.length, share, rng.fork('held-out'));
  const { users, items, offsets } = pairsOf(log, null);
  const I = log.itemIds.length;
  const observed = new Uint8Array(users.length);
  const labels = new Float32Array(users.length);
  const propensities = new Float64Array(users.length).fill(1);
  rowUsers(log).forEach((u, row) => {
    if (isHeld[row] === 0) return;
    const at = u * I + log.items[row];
    observed[at] = 1;
    labels[at] = target(row);
    propensities[at] = exposure.row(row) * share;
  });
  const means = itemMeans(log, (row) => isHeld[row] === 0, target);
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
