import { growingUint32 } from '../../src/data/growing-array.ts';
import type { InteractionLog } from '../../src/data/interactions/interaction-log.ts';
import { bernoulli } from '../../src/random/bernoulli.ts';
import type { Rng } from '../../src/random/rng.ts';
import type { RecommendationWorld } from './recommendation-world.ts';

/** Clicks, and apart from them what no learner may see: which pairs are relevant. */
export interface ImplicitFeedback {
  readonly log: InteractionLog; //     one row per clicked pair
  readonly relevant: Uint8Array; //   R, length U · I
}

/** R ~ Bernoulli(γ), O ~ Bernoulli(θ), Y = O R for every pair. */
export function simulateImplicitFeedback({ userIds, itemIds, relevance, exposure }: RecommendationWorld, rng: Rng): ImplicitFeedback {
  const I = itemIds.length;
  const [relevances, exposures] = [rng.fork('relevance'), rng.fork('exposure')];
  const relevant = new Uint8Array(relevance.length);
  for (let at = 0; at < relevant.length; at++) if (bernoulli(relevance[at], relevances)) relevant[at] = 1;
  const items = growingUint32();
  const offsets = new Uint32Array(userIds.length + 1);
  for (let u = 0; u < userIds.length; u++) {
    for (let i = 0; i < I; i++) if (bernoulli(exposure[u * I + i], exposures) && relevant[u * I + i] === 1) items.push(i);
    offsets[u + 1] = items.length;
  }
  return { log: clickLogOf(userIds, itemIds, offsets, items.trimmed(), null, null), relevant };
}

/** A log of pairs with nothing but clicks (all 1 where null) and positions. */
export function clickLogOf(
  userIds: readonly string[],
  itemIds: readonly string[],
  offsets: Uint32Array,
  items: Uint32Array,
  clicks: Uint8Array | null,
  positions: Uint8Array | null,
): InteractionLog {
  return {
    userIds,
    itemIds,
    offsets,
    items,
    clicks: clicks ?? new Uint8Array(items.length).fill(1),
    ratings: null,
    conversions: null,
    propensities: null,
    positions,
    timestamps: null,
    repeated: false,
  };
}
