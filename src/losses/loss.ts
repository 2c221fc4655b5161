/** Lists with a weight per document: what every ranking loss is computed on. Sizes: L lists, N documents shown. */
export interface WeightedLists {
  readonly offsets: Uint32Array; //   length L + 1
  readonly weights: Float64Array; //  length N: estimated relevance, summed over the sessions of the list (naive: its clicks)
  readonly sessions: Float64Array; // length L: sessions of the list, > 0
}

/**
 * A ranking loss, linear in the weights: so counted clicks need one pass over lists, whatever the number of sessions.
 * Returns Σ_l ℓ_l(scores, weights), not normalised, and writes its derivative by the scores (length N, overwritten).
 */
export interface RankingLoss {
  readonly name: string;
  value(scores: Float32Array, lists: WeightedLists, gradient: Float32Array): number;
  /** log of the odds-like relevance that the minimiser states for a score: its differences are log relevance ratios. Dual learning needs it. */
  logRelevance(score: number): number;
}
