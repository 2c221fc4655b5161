import { sigmoid, softplus } from '../math/log-space.ts';
import { boolean, type Decoded, optional, real, strictObject } from '../schema.ts';
import { gainScale, idealGain } from './ideal-gain.ts';
import type { RankingLoss, WeightedLists } from './loss.ts';
import { discount, rankList } from './rank-list.ts';

let ranks = new Float64Array(0); // of a list's documents; kept, as every step needs it

/** Of a pair by its ranks a and b: |1/D_a − 1/D_b| + μ (1/D_|a−b| − 1/D_{|a−b|+1}), D_r = log2(1 + r). */
const rankFactor = (a: number, b: number, mu: number) =>
  Math.abs(discount(a) - discount(b)) + mu * (discount(Math.abs(a - b)) - discount(Math.abs(a - b) + 1));

/** Σ_l n_l (1 − NDCG) of the order of the scores; not normalised, Σ_l (ideal DCG − DCG). */
function missingGain(scores: Float32Array, { offsets, weights, sessions }: WeightedLists, normalise: boolean): number {
  let missing = 0;
  for (let l = 0; l + 1 < offsets.length; l++) {
    const [start, end] = [offsets[l], offsets[l + 1]];
    ranks = rankList(scores, weights, start, end, ranks);
    let list = idealGain(weights, start, end);
    const scale = normalise ? (list > 0 ? sessions[l] / list : 0) : 1;
    for (let i = start; i < end; i++) list -= weights[i] * discount(ranks[i - start]);
    missing += scale * list;
  }
  return missing;
}

/** What w_i − w_j of a pair counts. */
interface Lambdas {
  readonly mu: number | null; // null: all pairs alike, whatever the ranks
  readonly normalise: boolean;
}

const lambdaPairs = (name: string, { mu, normalise }: Lambdas): RankingLoss => ({
  name,
  positiveWeights: normalise,
  ...(mu !== null && { heldOut: (scores: Float32Array, lists: WeightedLists) => missingGain(scores, lists, normalise) }),
  value(scores, { offsets, weights, sessions }, gradient, curvature) {
    let loss = 0;
    gradient.fill(0);
    curvature?.fill(0);
    for (let l = 0; l + 1 < offsets.length; l++) {
      const start = offsets[l];
      const end = offsets[l + 1];
      const scale = normalise ? gainScale(weights, start, end, sessions[l]) : 1;
      if (scale === 0) continue;
      if (mu !== null) ranks = rankList(scores, weights, start, end, ranks);
      for (let i = start; i < end; i++) {
        for (let j = start; j < end; j++) {
          if (!(weights[i] > weights[j])) continue;
          const factor = mu === null ? 1 : rankFactor(ranks[i - start], ranks[j - start], mu);
          const lambda = scale * (weights[i] - weights[j]) * factor;
          const p = sigmoid(scores[j] - scores[i]);
          loss += lambda * softplus(scores[j] - scores[i]);
          gradient[i] -= lambda * p;
          gradient[j] += lambda * p;
          if (curvature) {
            curvature[i] += lambda * p * (1 - p);
            curvature[j] += lambda * p * (1 - p);
          }
        }
      }
    }
    return loss;
  },
});

/**
 * Σ_l Σ_{w_i > w_j} (w_i − w_j) log(1 + exp(s_j − s_i)): the logistic loss of pairs whose weights differ, by how much. Rax: pairwise logistic with label
 * differences. Convex; not linear, as the order of the weights tells which pairs count. Cost: K² a list.
 */
export const labelDifference = lambdaPairs('label-difference', { mu: null, normalise: false });

const options = strictObject({
  mu: optional(real(0), 10), //            μ of NDCG-Loss2++; 0: LambdaRank
  normalise: optional(boolean(), true), // by the ideal DCG; else pairs by what they change of DCG
});

/**
 * Σ_l n_l Σ_{w_i > w_j} |G_i − G_j| (ρ_ij + μ δ_ij) log(1 + exp(s_j − s_i)), G = w / (ideal DCG of w): NDCG-Loss2++ of LambdaLoss, Wang et al., CIKM 2018, eq. 18,
 * but for the base of the logarithm. ρ_ij = |1/D_i − 1/D_j| of the ranks of now, D = log2(1 + rank), is LambdaRank's (Burges 2010), all that is left where μ = 0;
 * δ_ij = 1/D_|i−j| − 1/D_|i−j|+1. The derivative leaves ranks as they are; as they move from step to
 * step, held-out lists are compared by 1 − NDCG. Gains are linear in the weights: estimated relevance is no grade.
 * Not linear: which pairs count, and the ideal, come from the order of the weights, so it asks for many sessions a list. Without `normalise` G = w / n_l, and
 * weights may be below 0. Cost: K² a list.
 */
export const lambdaLoss = {
  description: 'pairs by what they change of NDCG (LambdaLoss: NDCG-Loss2++, Wang et al. 2018; μ = 0: LambdaRank)',
  options,
  create: (chosen: Decoded<typeof options>): RankingLoss => lambdaPairs('lambda-loss', chosen),
};
