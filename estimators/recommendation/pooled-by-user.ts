import { UsageError } from '../../src/errors.ts';
import { summarise } from '../../src/metrics/summarise.ts';
import type { PooledMetricName } from './recommendation-metrics.ts';

/** Test pairs by user, with their scores. */
export interface ScoredPairs {
  readonly scores: Float32Array;
  readonly labels: Float32Array; // in [0, 1]
  readonly offsets: Uint32Array; // length U + 1: those of user u are at offsets[u] … offsets[u + 1] − 1
  /** What a score stands for; null where it only ranks. */
  readonly predict: ((score: number) => number) | null;
  readonly unit: number; //         what 1 of a label is on the scale of the ratings; 1 where there is none
}

const smallestProbability = 1e-12; // a prediction of exactly 0 or 1 that is wrong costs 27.6, not ∞
/** ln p, a prediction that is no probability (of squared-identity) brought to the nearest one. */
const logOf = (p: number): number => Math.log(Math.min(1, Math.max(p, smallestProbability)));

/** How far a prediction p is from a label y. */
const errors = {
  'log-loss': (p: number, y: number) => -y * logOf(p) - (1 - y) * logOf(1 - p),
  'squared-error': (p: number, y: number, unit: number) => (unit * (p - y)) ** 2,
  'absolute-error': (p: number, y: number, unit: number) => unit * Math.abs(p - y),
};

/**
 * A metric over all N pairs, R, as one value for each of the U users with pairs, whose mean is R: R plus U times the user's share in the
 * linearised error of R. So the spread of the values over users gives R, and differences of R, an interval for users drawn at random
 * (clustered; the infinitesimal jackknife, Efron & Tibshirani 1993, An Introduction to the Bootstrap, §22.6).
 * - of a mean error e: R + (U/N)(Σ_{pairs of u} e − n_u R)
 * - of AUC: R + U (Σ_{relevant pairs of u} (V − R)/N₁ + Σ_{others of u} (V − R)/N₀), V the share of the other kind that a pair is on the
 *   right side of, ties by half (DeLong et al., Biometrics 1988; clustered: Obuchowski, Biometrics 1997)
 *
 * NaN: a user without pairs; everyone where predictions are asked of scores that only rank, or of AUC where a kind is missing.
 * relative-log-loss is left as the log loss. @throws UsageError on a NaN score
 */
export function pooledByUser(name: PooledMetricName, pairs: ScoredPairs): Float64Array {
  const { scores, labels, predict, unit } = pairs;
  if (name === 'auc') return byUser(pairs, aucShares(scores, labels));
  if (predict === null) return new Float64Array(pairs.offsets.length - 1).fill(Number.NaN);
  const error = errors[name === 'relative-log-loss' ? 'log-loss' : name];
  const each = Float64Array.from(scores, (score, k) => error(predict(score), labels[k], unit));
  const mean = sumOf(each) / each.length;
  return byUser(pairs, { value: mean, shares: each.map((one) => (one - mean) / each.length) });
}

/** The quotient of two such metrics of the same pairs, by user: R/R′ + (v − (R/R′) v′)/R′, whose mean is R/R′. */
export function relativeByUser(values: Float64Array, ideal: Float64Array): Float64Array {
  const base = summarise(ideal).mean;
  const quotient = summarise(values).mean / base;
  return values.map((value, u) => quotient + (value - quotient * ideal[u]) / base);
}

/** A metric, and what each pair adds to its linearised error; the shares sum to 0. */
interface Linearised {
  readonly value: number;
  readonly shares: Float64Array;
}

function byUser({ offsets }: ScoredPairs, { value, shares }: Linearised): Float64Array {
  const values = new Float64Array(offsets.length - 1).fill(Number.NaN);
  let users = 0;
  for (let u = 0; u < values.length; u++) if (offsets[u + 1] > offsets[u]) users++;
  for (let u = 0; u < values.length; u++)
    if (offsets[u + 1] > offsets[u]) values[u] = value + users * sumOf(shares.subarray(offsets[u], offsets[u + 1]));
  return values;
}

function aucShares(scores: Float32Array, labels: Float32Array): Linearised {
  const bad = scores.findIndex((score) => Number.isNaN(score));
  if (bad >= 0) throw new UsageError(`scores[${bad}] is NaN, which has no rank; did training diverge?`);
  const order = Uint32Array.from(scores.keys()).sort((i, j) => scores[i] - scores[j]);
  const isRelevant = (at: number) => labels[order[at]] > 0;
  const relevant = labels.reduce((count, label) => count + Number(label > 0), 0);
  const others = labels.length - relevant;
  const right = new Float64Array(scores.length); // how many of the other kind a pair is on the right side of
  let [below, othersBelow] = [0, 0]; // with a lower score
  for (let first = 0; first < order.length; ) {
    let next = first;
    let tied = 0; // relevant ones
    for (; next < order.length && scores[order[next]] === scores[order[first]]; next++) tied += Number(isRelevant(next));
    const othersTied = next - first - tied;
    for (let at = first; at < next; at++) right[order[at]] = isRelevant(at) ? othersBelow + othersTied / 2 : relevant - below - tied / 2;
    below += tied;
    othersBelow += othersTied;
    first = next;
  }
  let value = 0;
  for (let k = 0; k < right.length; k++) if (labels[k] > 0) value += right[k];
  value /= relevant * others; // NaN where either kind is missing
  return {
    value,
    shares: right.map((count, k) => (labels[k] > 0 ? (count / others - value) / relevant : (count / relevant - value) / others)),
  };
}

const sumOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0);
