/** Lists with a weight per document: what every ranking loss is computed on. Sizes: L lists, N documents shown. */
export interface WeightedLists {
  readonly offsets: Uint32Array; //   length L + 1
  readonly weights: Float64Array; //  length N: estimated relevance, summed over the sessions of the list (naive: its clicks)
  readonly sessions: Float64Array; // length L: sessions of the list, > 0
  readonly pairs?: PairWeights; //    weights of pairs, for losses that take them: then they alone count, and `weights` are their sums
}

/** Weights of ordered pairs of the K documents of a list: at offsets[l] + i K + j that of document i above document j, by their places in it. */
export interface PairWeights {
  readonly offsets: Uint32Array; //   length L + 1: sums of K²
  readonly weights: Float64Array; //  length offsets[L], ≥ 0; nothing is read where i = j
}

/**
 * A ranking loss, linear in the weights: so counted clicks need one pass over lists, whatever the number of sessions.
 * So weights may be below 0, as unbiased corrections can be; along a list whose weights are, a linear loss has no minimum, and what bounds it is that
 * documents share a ranker, L2 and early stopping.
 * Returns Σ_l ℓ_l(scores, weights), not normalised, and writes its derivative by the scores (length N, overwritten).
 * Where `curvature` is given, it writes ∂²ℓ/∂s_i² there likewise: the Hessian's diagonal, in absolute value, as weights below 0 can turn it; or the bound
 * ≥ 0 of it that the loss states.
 */
export interface RankingLoss {
  readonly name: string;
  readonly takesPairs?: true; //     where lists have weights of pairs, it sums over those
  readonly positiveWeights?: true; // it is undefined for weights below 0, and weightings that have some are refused
  value(scores: Float32Array, lists: WeightedLists, gradient: Float32Array, curvature?: Float32Array): number;
  /** log of the odds-like relevance that the minimiser states for a score: its differences are log relevance ratios. Dual learning needs it. */
  logRelevance(score: number): number;
}
