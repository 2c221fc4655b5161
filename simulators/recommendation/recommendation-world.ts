import type { PairFeatures } from '../../src/data/interactions/interaction-log.ts';

/** The truth about every pair, which no estimator may see. Pair (u, i) is at u · I + i. */
export interface RecommendationWorld {
  readonly userIds: readonly string[]; // length U
  readonly itemIds: readonly string[]; // length I
  readonly relevance: Float32Array; //    γ = P(R = 1), length U · I
  readonly exposure: Float32Array; //     θ = P(O = 1) in (0, 1], length U · I
  readonly userFeatures: PairFeatures | null;
  readonly itemFeatures: PairFeatures | null;
}

/** '1', '2', … as ids. */
export const numberedIds = (count: number): string[] => Array.from({ length: count }, (_, i) => String(i + 1));
