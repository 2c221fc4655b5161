import { type ClickModel, checkNoPager, examinationMarginals, sampleSession } from '../../click-models/index.ts';
import { UsageError } from '../../src/errors.ts';
import { bernoulli } from '../../src/random/bernoulli.ts';
import { gumbelTopK } from '../../src/random/gumbel-top-k.ts';
import type { Rng } from '../../src/random/rng.ts';
import { clickLogOf, type ImplicitFeedback } from './implicit-feedback.ts';
import type { RecommendationWorld } from './recommendation-world.ts';

/** What lists of a recommender are drawn from, and clicked by. */
export interface PositionBiasedLists {
  readonly world: RecommendationWorld;
  readonly clickModel: ClickModel;
  readonly positions: number; //     K, items a list shows
  readonly temperature: number; //   of the Gumbel noise on the recommender's scores, the log odds of the world's exposure
  readonly exposureDraws: number; // lists per user that the exposures are averaged over
}

/** The feedback, and the world with the exposure that the lists and the click model give. */
export interface ListFeedback extends ImplicitFeedback {
  readonly world: RecommendationWorld;
}

/** Of one list in a log. */
const mostPositions = 256;

/** @throws UsageError for lists that a log cannot hold, and when the click model covers fewer positions, or clicks without relevance (trust bias) */
export function checkListModel(clickModel: ClickModel, positions: number): void {
  checkNoPager(clickModel);
  if (clickModel.bias?.kind === 'affine')
    throw new UsageError(`${clickModel.name}: clicks that need no relevance have no exposure; use another click model`);
  if (clickModel.documents.join() !== 'attraction' || clickModel.contexts > 1)
    throw new UsageError(`${clickModel.name}: items have nothing but relevance, which is attraction; use a click model that needs no more`);
  if (positions > mostPositions) throw new UsageError(`a list shows at most ${mostPositions} items, got ${positions}; lower positions`);
  if (positions > clickModel.positions)
    throw new UsageError(`click model ${clickModel.name} covers ${clickModel.positions} positions; show no more, got ${positions}`);
}

/**
 * Every user sees one list of K items, drawn by Plackett–Luce from the world's exposure, and clicks on it as the click model says, with
 * relevance as attraction. Rows are the impressions, with their positions. P(click) = γ θ, θ_ui = E[examination of i's position; 0 where not
 * shown], for click models in which examination does not depend on the item's own relevance; θ is averaged over `exposureDraws` lists, and
 * at least half a draw, so that it is above 0.
 * @throws UsageError as {@link checkListModel}
 */
export function simulateLists({ world, clickModel, positions, temperature, exposureDraws }: PositionBiasedLists, rng: Rng): ListFeedback {
  const { userIds, itemIds, relevance } = world;
  const [U, I] = [userIds.length, itemIds.length];
  const K = Math.min(positions, I);
  checkListModel(clickModel, K);
  const [lists, clicks, draws, relevances] = ['lists', 'clicks', 'exposure', 'relevance'].map((label) => rng.fork(label));
  const exposure = new Float64Array(U * I);
  const relevant = Uint8Array.from(relevance, (gamma) => Number(bernoulli(gamma, relevances)));
  const items = new Uint32Array(U * K);
  const [clicked, shownAt] = [new Uint8Array(U * K), new Uint8Array(U * K)];
  for (let u = 0; u < U; u++) {
    const logits = Float64Array.from(
      world.exposure.subarray(u * I, (u + 1) * I),
      (theta) => Math.log(theta / (1 - theta + 1e-9)) / temperature,
    );
    for (let draw = 0; draw < exposureDraws; draw++) {
      const list = gumbelTopK(logits, K, draws);
      const examined = examinationMarginals(
        clickModel,
        Float64Array.from(list, (item) => relevance[u * I + item]),
      );
      for (let k = 0; k < K; k++) exposure[u * I + list[k]] += examined[k] / exposureDraws;
    }
    const list = gumbelTopK(logits, K, lists);
    const attraction = Float64Array.from(list, (item) => relevant[u * I + item]); // drawn before: a click is a relevant item examined
    const session = new Uint8Array(K);
    sampleSession(clickModel, { attraction }, clicks, session);
    const order = Uint32Array.from(list.keys()).sort((a, b) => list[a] - list[b]);
    order.forEach((k, at) => {
      items[u * K + at] = list[k];
      clicked[u * K + at] = session[k];
      shownAt[u * K + at] = k;
    });
  }
  const offsets = Uint32Array.from({ length: U + 1 }, (_, u) => u * K);
  const theta = Float32Array.from(exposure, (value) => Math.max(value, 0.5 / exposureDraws));
  return { log: clickLogOf(userIds, itemIds, offsets, items, clicked, shownAt), relevant, world: { ...world, exposure: theta } };
}
