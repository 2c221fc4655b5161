import type { Rng } from '../random/rng.ts';
import type { Registered } from '../registry.ts';
import { type GenericSchema, strictObject } from '../schema.ts';

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
 * A ranking loss: twice the sessions and weights of a list cost twice, so counted clicks need one pass over lists, whatever the number of sessions.
 * Linear in the weights unless it says otherwise: then unbiased weights give the loss of true relevance in expectation, and may be below 0, as unbiased
 * corrections can be; along a list whose weights are, a linear loss has no minimum, and what bounds it is that documents share a ranker, L2 and early
 * stopping. Of a loss that is not linear (it needs an order of the weights, or an ideal) the noise of weights does not average out: it asks for many
 * sessions a list.
 * Returns Σ_l ℓ_l(scores, weights), not normalised, and writes its derivative by the scores (length N, overwritten).
 * Where `curvature` is given, it writes ∂²ℓ/∂s_i² there likewise: the Hessian's diagonal, in absolute value, as weights below 0 can turn it; or the bound
 * ≥ 0 of it that the loss states.
 */
export interface RankingLoss {
  readonly name: string;
  readonly takesPairs?: true; //        where lists have weights of pairs, it sums over those
  readonly positiveWeights?: boolean; // it is undefined for weights below 0, and weightings that have some are refused
  value(scores: Float32Array, lists: WeightedLists, gradient: Float32Array, curvature?: Float32Array): number;
  /**
   * What held-out lists are compared by from step to step, lower is better, where `value` cannot be: as it draws rankings, or as what pairs count in it moves
   * with the scores. Of the same size: twice the sessions and weights give twice as much.
   */
  heldOut?(scores: Float32Array, lists: WeightedLists): number;
  /**
   * log of the odds-like relevance that the minimiser states for a score: its differences are log relevance ratios. Dual learning needs it. Absent where
   * scores tell an order only.
   */
  logRelevance?(score: number): number;
}

/** A loss by name; `create` takes decoded options, and the stream that draws are from where the loss draws. */
export type LossEntry<S extends GenericSchema = GenericSchema> = Registered<S, (options: never, rng: Rng) => RankingLoss>;

/** The entry of a loss without options. */
export const withoutOptions = (description: string, loss: RankingLoss) => ({ description, options: strictObject({}), create: () => loss });
