import type { InteractionLog } from '../../src/data/interactions/interaction-log.ts';
import { UsageError } from '../../src/errors.ts';
import { bernoulli } from '../../src/random/bernoulli.ts';
import { gaussian } from '../../src/random/gaussian.ts';
import { permutation } from '../../src/random/permutation.ts';
import type { Rng } from '../../src/random/rng.ts';
import {
  array,
  check,
  type Decoded,
  integer,
  modelWidth,
  optional,
  pipe,
  positive,
  probability,
  real,
  strictObject,
} from '../../src/schema.ts';
import { numberedIds } from './recommendation-world.ts';

/** Sizes and propensities of the world `self-selected-ratings`. */
export const selfSelectedRatingsOptions = strictObject({
  users: optional(integer(1), 300),
  items: optional(integer(2), 200),
  rank: optional(modelWidth(), 5),
  quality: optional(real(0), 1), // standard deviation of what all users like in an item, against 1 of their own taste
  ratingShares: optional(
    pipe(
      array(positive()),
      check((shares) => shares.length >= 2, 'must be at least two shares, one per rating from 1 up'),
    ),
    [0.5, 0.22, 0.14, 0.09, 0.05], // of all pairs
  ),
  /** P(O = 1 | rating), one per rating from 1 up: users rate what they like. */
  propensities: optional(array(probability()), [0.01, 0.015, 0.03, 0.08, 0.2]),
  uniformSample: optional(integer(), 10), // pairs per user drawn uniformly at random, for naive Bayes
  uniformTest: optional(integer(1), 40), //  and other such pairs, for the test
});
/** Decoded {@link selfSelectedRatingsOptions}. */
export type SelfSelectedRatingsOptions = Decoded<typeof selfSelectedRatingsOptions>;

/** A drawn world of ratings that users chose to give. Sizes: U users, I items. */
export interface SelfSelectedRatings {
  readonly log: InteractionLog; //                    what users chose to rate; a click is any rating
  readonly uniformSample: InteractionLog | null; //   shares no pair with the test part
  readonly uniformTest: InteractionLog;
  /** The truth: the rating and the propensity of every pair, length U · I. */
  readonly ratings: Uint8Array;
  readonly propensities: Float64Array;
  readonly scale: readonly [number, number];
}

/** @throws UsageError unless there is one propensity above 0 per rating, and pairs enough for the uniform parts */
export function checkSelfSelectedRatings(options: SelfSelectedRatingsOptions): void {
  const { items: I, propensities: byRating, ratingShares, uniformSample, uniformTest } = options;
  if (byRating.length !== ratingShares.length)
    throw new UsageError(`expected ${ratingShares.length} propensities, one per rating, got ${byRating.length}`);
  const zero = byRating.indexOf(0);
  if (zero >= 0) throw new UsageError(`propensities.${zero} must be above 0, got 0: a rating that is never given cannot be learnt about`);
  if (uniformSample + uniformTest > I)
    throw new UsageError(`uniformSample + uniformTest must be at most the ${I} items, got ${uniformSample + uniformTest}`);
}

/**
 * Ratings by the quantile of a low-rank score over all pairs, so that their shares are as given; a pair is observed with the probability of
 * its rating. Self-selection as in Schnabel et al., ICML 2016.
 * @throws UsageError as {@link checkSelfSelectedRatings}
 */
export function simulateSelfSelectedRatings(options: SelfSelectedRatingsOptions, rng: Rng): SelfSelectedRatings {
  const { users: U, items: I, propensities: byRating, ratingShares, uniformSample, uniformTest } = options;
  checkSelfSelectedRatings(options);
  const ratings = drawRatings(options, rng.fork('ratings'));
  const propensities = Float64Array.from(ratings, (rating) => byRating[rating - 1]);
  const [chance, shuffles] = [rng.fork('observed'), rng.fork('uniform')];
  const orders = Array.from({ length: U }, () => permutation(I, shuffles));
  const uniform = (from: number, count: number) => ratingLog(U, I, ratings, (u) => orders[u].slice(from, from + count).sort(), null);
  const observed = ratings.map((_, at) => Number(bernoulli(propensities[at], chance)));
  const log = ratingLog(
    U,
    I,
    ratings,
    (u) => Uint32Array.from({ length: I }, (_, i) => i).filter((i) => observed[u * I + i] === 1),
    propensities,
  );
  return {
    log,
    uniformSample: uniformSample === 0 ? null : uniform(0, uniformSample),
    uniformTest: uniform(uniformSample, uniformTest),
    ratings,
    propensities,
    scale: [1, ratingShares.length],
  };
}

function drawRatings({ users: U, items: I, rank, quality, ratingShares }: SelfSelectedRatingsOptions, rng: Rng): Uint8Array {
  const normals = (count: number) => Float64Array.from({ length: count }, () => gaussian(rng));
  const [P, Q, z] = [normals(U * rank), normals(I * rank), normals(I)];
  const scores = Float64Array.from({ length: U * I }, (_, at) => {
    const [u, i] = [Math.floor(at / I), at % I];
    let sum = quality * z[i];
    for (let f = 0; f < rank; f++) sum += (P[u * rank + f] * Q[i * rank + f]) / Math.sqrt(rank);
    return sum;
  });
  const sorted = scores.slice().sort();
  const total = ratingShares.reduce((sum, share) => sum + share, 0);
  let below = 0;
  const bounds = ratingShares.slice(0, -1).map((share) => {
    below += share / total;
    return sorted[Math.min(sorted.length - 1, Math.round(below * sorted.length))];
  });
  return Uint8Array.from(scores, (score) => 1 + bounds.filter((bound) => score >= bound).length);
}

/** A log of each user's chosen items (ascending) with their ratings. */
function ratingLog(
  U: number,
  I: number,
  ratings: Uint8Array,
  chosen: (user: number) => Uint32Array,
  propensities: Float64Array | null,
): InteractionLog {
  const rows = Array.from({ length: U }, (_, u) => chosen(u));
  const offsets = new Uint32Array(U + 1);
  rows.forEach((items, u) => {
    offsets[u + 1] = offsets[u] + items.length;
  });
  const items = new Uint32Array(offsets[U]);
  const places = new Uint32Array(offsets[U]);
  rows.forEach((chosenItems, u) => {
    items.set(chosenItems, offsets[u]);
    places.set(
      chosenItems.map((i) => u * I + i),
      offsets[u],
    );
  });
  return {
    userIds: numberedIds(U),
    itemIds: numberedIds(I),
    offsets,
    items,
    clicks: new Uint8Array(items.length).fill(1),
    ratings: Float32Array.from(places, (at) => ratings[at]),
    conversions: null,
    propensities: propensities && Float64Array.from(places, (at) => propensities[at]),
    positions: null,
    timestamps: null,
    repeated: false,
  };
}
