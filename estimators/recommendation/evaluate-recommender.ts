import { type InteractionLog, indexesWhere, itemClicks } from '../../src/data/interactions/interaction-log.ts';
import type { EmptyQueries } from '../../src/metrics/metric-options.ts';
import { rankLabels } from '../../src/metrics/rank-labels.ts';
import type { Rng } from '../../src/random/rng.ts';
import { shuffle } from '../../src/random/shuffle.ts';
import { shuffleTies } from '../../src/random/shuffle-ties.ts';
import { checkEstimable, estimateMetric, type HeldOutObservations } from './estimated-metrics.ts';
import { pooledByUser, relativeByUser } from './pooled-by-user.ts';
import type { RecommendationMetric, Stratum } from './recommendation-metrics.ts';
import type { Recommender } from './recommender.ts';

/** Pairs to be tested on, by user: those of user u at offsets[u] … offsets[u + 1] − 1. */
export interface TestPairs {
  readonly offsets: Uint32Array;
  readonly items: Uint32Array;
  readonly labels: Float32Array; // in [0, 1]
}

/** How recommenders are tested. */
export interface RecommenderEvaluation {
  readonly negatives: number | null; // irrelevant test pairs a user, that a ranking is made of beside the relevant ones; null: all
  readonly rareShare: number; //        of items, those with fewest clicks, are rare
  readonly emptyUsers: EmptyQueries; // users with test pairs of which none is relevant, in rankings
}

/** Test pairs of a stratum, their places among all test pairs beside them. */
interface Selection {
  readonly offsets: Uint32Array;
  readonly places: Uint32Array;
  readonly labels: Float32Array;
}

/** Measures recommenders on the same pairs of one seed. */
export interface RecommenderTest {
  /** Per metric one value per user (NaN: without a test pair; of metrics over pairs see {@link pooledByUser}), of estimated ones a single one. relative-log-loss is left as the log loss: {@link relativeTo} makes it so. */
  evaluate(recommender: Recommender): Float64Array[];
}

/**
 * Draws what the seed's recommenders are tested on: all test pairs for metrics over pairs; for rankings, of each user the relevant test pairs
 * and `negatives` others (null: all); for estimated metrics what `heldOut` gives. Rare items are those with fewest clicks in the log, `rareShare` of all
 * items; where they tie, which are rare is drawn. Items that score alike are ranked in every order (see `rankLabels`).
 */
export function recommenderTest(
  { test, log, unit = 1 }: { readonly test: TestPairs; readonly log: InteractionLog; readonly unit?: number | undefined },
  metrics: readonly RecommendationMetric[],
  evaluation: RecommenderEvaluation,
  rng: Rng,
  heldOut: (() => HeldOutObservations) | null = null,
): RecommenderTest {
  const rare = rareItems(itemClicks(log), evaluation.rareShare, rng.fork('rare'));
  const inStratum = (stratum: Stratum | null) => (place: number) =>
    stratum === null || rare[test.items[place]] === Number(stratum === 'rare');
  const users = new Uint32Array(test.items.length);
  for (let u = 0; u + 1 < test.offsets.length; u++) users.fill(u, test.offsets[u], test.offsets[u + 1]);
  const candidates = rankingCandidates(test, evaluation.negatives, rng.fork('negatives'));
  const known = new Map<string, Selection>(); // metrics on the same pairs share their selection
  const observations = heldOut !== null && metrics.some(({ kind }) => kind === 'estimated') ? heldOut() : null;
  if (observations) for (const one of metrics) if (one.kind === 'estimated') checkEstimable(one.metric, observations);
  const selections = metrics.map(({ kind, stratum }) => {
    const key = `${kind} ${stratum}`;
    const inside = inStratum(stratum);
    const selection = known.get(key) ?? select(test, kind === 'ranking' ? (place) => candidates[place] === 1 && inside(place) : inside);
    known.set(key, selection);
    return selection;
  });
  return {
    evaluate({ scores: scoreOf, predict }) {
      const scores = new Float32Array(test.items.length);
      scoreOf(users, test.items, test.items.length, scores);
      const onHeldOut = new Float32Array(observations?.users.length ?? 0);
      if (observations) scoreOf(observations.users, observations.items, onHeldOut.length, onHeldOut);
      return metrics.map((metric, m) => {
        if (metric.kind === 'estimated')
          return Float64Array.of(observations ? estimateMetric(metric.metric, observations, onHeldOut) : NaN);
        const { offsets, places, labels } = selections[m];
        const chosen = gather(scores, places);
        if (metric.kind === 'pooled') return pooledByUser(metric.name, { scores: chosen, labels, offsets, predict, unit });
        const { ranked, ties } = rankLabels(chosen, labels, offsets);
        return ofTested(metric.metric.compute(ranked, offsets, { emptyQueries: evaluation.emptyUsers, ties }), offsets);
      });
    },
  };
}

/** A user without any test pair was not tested: undefined, whatever users without a relevant one score. */
const ofTested = (values: Float64Array, offsets: Uint32Array): Float64Array =>
  values.map((value, u) => (offsets[u + 1] > offsets[u] ? value : Number.NaN));

/** 1 for the `share` of items with fewest clicks, ties drawn. */
export function rareItems(clicks: Float64Array, share: number, rng: Rng): Uint8Array {
  const order = shuffleTies(
    Uint32Array.from(clicks.keys()).sort((a, b) => clicks[a] - clicks[b] || a - b),
    clicks,
    rng,
  );
  const rare = new Uint8Array(clicks.length);
  for (const item of order.subarray(0, Math.round(share * clicks.length))) rare[item] = 1;
  return rare;
}

function select({ offsets, items, labels }: TestPairs, keep: (place: number) => boolean): Selection {
  const places = indexesWhere(items.length, keep);
  const ends = new Uint32Array(offsets.length);
  let at = 0;
  for (let u = 0; u + 1 < offsets.length; u++) {
    while (at < places.length && places[at] < offsets[u + 1]) at++;
    ends[u + 1] = at;
  }
  return { offsets: ends, places, labels: gather(labels, places) };
}

function gather(values: Float32Array, places: Uint32Array): Float32Array {
  const gathered = new Float32Array(places.length);
  for (let i = 0; i < places.length; i++) gathered[i] = values[places[i]];
  return gathered;
}

/** 1 for the pairs that rankings are made of. */
function rankingCandidates({ offsets, items, labels }: TestPairs, negatives: number | null, rng: Rng): Uint8Array {
  const candidates = new Uint8Array(items.length).fill(1);
  if (negatives === null) return candidates;
  for (let u = 0; u + 1 < offsets.length; u++) {
    const others = Uint32Array.from({ length: offsets[u + 1] - offsets[u] }, (_, k) => offsets[u] + k).filter(
      (place) => !(labels[place] > 0),
    );
    for (const place of shuffle(others, rng).subarray(negatives)) candidates[place] = 0;
  }
  return candidates;
}

/** The values of a seed, [method][metric], with relative log losses over those of the method `ideal` at its place. */
export function relativeTo(
  ideal: number,
  metrics: readonly RecommendationMetric[],
  values: readonly (readonly Float64Array[])[],
): Float64Array[][] {
  return values.map((ofMethod) =>
    ofMethod.map((value, m) => {
      const metric = metrics[m];
      if (metric.kind !== 'pooled' || metric.name !== 'relative-log-loss') return value;
      return relativeByUser(value, values[ideal][m]);
    }),
  );
}
