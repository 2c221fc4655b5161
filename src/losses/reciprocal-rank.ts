import { boolean, type Decoded, optional, picklist, positive, strictObject } from '../schema.ts';
import type { RankingLoss } from './loss.ts';
import { addByRank, hingeTerm, sigmoidTerm, termRank } from './rank-terms.ts';

const options = strictObject({
  ranks: optional(picklist(['sigmoid', 'hinge']), 'sigmoid'), // smooth ranks, or their upper bound by hinges
  temperature: optional(positive(), 0.1), //                     T of smooth ranks, which are exact as it goes to 0
  first: optional(boolean(), true), //                           the best document of a list alone counts, as in MRR; else all do, linear in the weights
});

/**
 * − Σ_l max_i w_i / r_i, r_i = 1 + Σ_{j ≠ i} g(s_j − s_i) for the rank, g(x) = σ(x/T) (smooth) or max(0, 1 + x) (its bound, so that the loss bounds −MRR from
 * above). With weights of 0 and 1 it is −MRR, as Rax has it by approx_t12n (T = 1) and bound_t12n of mrr_metric (Jagerman et al., KDD 2022); of other weights the
 * expected relevance over the rank of the document where that is highest. It asks for weights that are not below 0.
 * Without `first` − Σ_l Σ_i w_i / r_i: every relevant document counts the reciprocal of its rank, so it is linear in the weights. Not convex. Cost: K² a list.
 */
const reciprocalRankLoss = ({ ranks, temperature, first }: Decoded<typeof options>): RankingLoss => {
  const term = ranks === 'hinge' ? hingeTerm : sigmoidTerm(temperature);
  return {
    name: 'reciprocal-rank',
    positiveWeights: first,
    value(scores, { offsets, weights }, gradient, curvature) {
      let loss = 0;
      gradient.fill(0);
      curvature?.fill(0);
      const count = (i: number, rank: number, start: number, end: number) => {
        loss -= weights[i] / rank;
        const slope = weights[i] / (rank * rank);
        addByRank(term, scores, i, { start, end, slope, bend: (-2 * slope) / rank }, gradient, curvature);
      };
      for (let l = 0; l + 1 < offsets.length; l++) {
        const [start, end] = [offsets[l], offsets[l + 1]];
        let [best, bestRank] = [-1, 1];
        for (let i = start; i < end; i++) {
          if (weights[i] === 0) continue;
          const rank = termRank(term, scores, i, start, end);
          if (!first) count(i, rank, start, end);
          else if (weights[i] > 0 && (best < 0 || weights[i] / rank > weights[best] / bestRank)) [best, bestRank] = [i, rank];
        }
        if (best >= 0) count(best, bestRank, start, end);
      }
      if (curvature) for (let i = 0; i < curvature.length; i++) curvature[i] = Math.abs(curvature[i]);
      return loss;
    },
  };
};

export const reciprocalRank = {
  description: 'MRR with a smooth rank or a bound of it for the rank (Rax: approx_t12n, bound_t12n of MRR)',
  options,
  create: reciprocalRankLoss,
};
