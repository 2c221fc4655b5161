import { UsageError } from '../errors.ts';
import { rankLabels } from './rank-labels.ts';
import { meanWithinTies } from './ties.ts';

/** Validation data of which only some labels were observed, in segments of users; arrays have one value per pair. */
export interface PartlyObserved {
  readonly offsets: Uint32Array; //      length U + 1
  readonly observed: Uint8Array; //      0 or 1
  readonly labels: Float32Array; //      y where observed, anything elsewhere
  readonly propensities: Float64Array; // P(observed) in (0, 1]
}

/** y/θ where observed, 0 elsewhere: its expectation is y where θ is exact. */
export function ipsLabels({ observed, labels, propensities }: PartlyObserved): Float64Array {
  checkPropensities(propensities);
  return Float64Array.from(labels, (y, i) => (observed[i] === 1 ? y / propensities[i] : 0));
}

/** ŷ + (y − ŷ)/θ where observed, ŷ elsewhere: its expectation is y where θ or ŷ is exact. Saito, RecSys 2020. */
export function doublyRobustLabels({ observed, labels, propensities }: PartlyObserved, imputed: ArrayLike<number>): Float64Array {
  checkPropensities(propensities);
  return Float64Array.from(labels, (y, i) => imputed[i] + (observed[i] === 1 ? (y - imputed[i]) / propensities[i] : 0));
}

/** What an item at a rank is worth, 1-based. */
export const rankWorth = {
  dcg: (rank: number) => 1 / Math.log2(rank + 1),
  recall: () => 1,
  'saito-dcg': (rank: number) => 1 / Math.log2(Math.max(2, rank)),
} satisfies Readonly<Record<string, (rank: number) => number>>;

/**
 * Σ_i label_i worth(rank_i) [rank ≤ k] / Σ_i label_i of each user, ranks by score: with labels of {@link ipsLabels} the self-normalised
 * estimate of the metric over all pairs (Yang et al., RecSys 2018), with those of {@link doublyRobustLabels} the doubly robust one, in
 * numerator and normaliser. Consistent, not unbiased: it is a quotient. Over random order among equal scores. NaN for a user whose labels sum to 0 or less.
 * @throws UsageError on a NaN score or a length mismatch
 */
export function debiasedMetric(
  scores: Float32Array | Float64Array,
  { offsets }: Pick<PartlyObserved, 'offsets'>,
  labels: Float64Array,
  worth: keyof typeof rankWorth,
  cutoff: number,
): Float64Array {
  const { gains, totals } = gainsOf(scores, offsets, labels, worth, cutoff);
  return gains.map((gain, u) => (totals[u] > 0 ? gain / totals[u] : Number.NaN));
}

/**
 * The same of all users together: Σ_u Σ_i label_i worth(rank_i) [rank ≤ k] / Σ_u Σ_i label_i, so that a user counts by what is relevant to
 * them. Consistent as users grow in number, where the quotients of single users with a label or two are not.
 * @throws UsageError as {@link debiasedMetric}
 */
export function pooledDebiasedMetric(
  scores: Float32Array | Float64Array,
  { offsets }: Pick<PartlyObserved, 'offsets'>,
  labels: Float64Array,
  worth: keyof typeof rankWorth,
  cutoff: number,
): number {
  const { gains, totals } = gainsOf(scores, offsets, labels, worth, cutoff);
  const sum = (values: Float64Array) => values.reduce((all, value) => all + value, 0);
  return sum(totals) > 0 ? sum(gains) / sum(totals) : Number.NaN;
}

/** Σ label worth [rank ≤ k] and Σ label of each user. */
function gainsOf(
  scores: Float32Array | Float64Array,
  offsets: Uint32Array,
  labels: Float64Array,
  worth: keyof typeof rankWorth,
  cutoff: number,
) {
  if (labels.length !== scores.length) throw new UsageError(`expected ${scores.length} labels, one per score, got ${labels.length}`);
  const { ranked, ties } = rankLabels(scores, labels, offsets);
  const expected = meanWithinTies(ranked, ties);
  const [gains, totals] = [new Float64Array(offsets.length - 1), new Float64Array(offsets.length - 1)];
  for (let u = 0; u < gains.length; u++)
    for (let at = offsets[u]; at < offsets[u + 1]; at++) {
      const rank = at - offsets[u] + 1;
      totals[u] += ranked[at];
      if (rank <= cutoff) gains[u] += expected[at] * rankWorth[worth](rank);
    }
  return { gains, totals };
}

function checkPropensities(propensities: Float64Array): void {
  const bad = propensities.findIndex((p) => !(p > 0 && p <= 1));
  if (bad >= 0)
    throw new UsageError(`propensities[${bad}] must be in (0, 1], got ${propensities[bad]}; drop pairs that could not be observed`);
}
