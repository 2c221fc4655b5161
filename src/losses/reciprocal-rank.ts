import { sigmoid } from '../math/log-space.ts';
import { boolean, type Decoded, optional, picklist, positive, strictObject } from '../schema.ts';
import type { RankingLoss } from './loss.ts';

const options = strictObject({
  ranks: optional(picklist(['sigmoid', 'hinge']), 'sigmoid'), // smooth ranks, or their upper bound by hinges
  temperature: optional(positive(), 0.1), //                     T of smooth ranks, which are exact as it goes to 0
  first: optional(boolean(), true), //                           the best document of a list alone counts, as in MRR; else all do, linear in the weights
});

type Settings = Decoded<typeof options>;

/** The rank of a document and its derivatives by the difference x = s_j − s_i to each other document j of its list. */
interface RankTerm {
  term(x: number): number;
  slope(x: number): number;
  bend(x: number): number;
}

/** σ(x/T): Qin, Liu & Li, Information Retrieval 2010. */
function sigmoidTerm(T: number): RankTerm {
  const odds = (x: number) => {
    const p = sigmoid(x / T);
    return p * (1 - p);
  };
  return {
    term: (x) => sigmoid(x / T),
    slope: (x) => odds(x) / T,
    bend: (x) => (odds(x) * (1 - 2 * sigmoid(x / T))) / (T * T),
  };
}

/** max(0, 1 + x), which is above 1[x ≥ 0]. */
const hingeTerm: RankTerm = { term: (x) => Math.max(0, 1 + x), slope: (x) => (x > -1 ? 1 : 0), bend: () => 0 };

/**
 * − Σ_l max_i w_i / r_i, r_i = 1 + Σ_{j ≠ i} g(s_j − s_i) for the rank, g(x) = σ(x/T) (smooth) or max(0, 1 + x) (its bound, so that the loss bounds −MRR from
 * above). With weights of 0 and 1 it is −MRR, as Rax has it by approx_t12n (T = 1) and bound_t12n of mrr_metric (Jagerman et al., KDD 2022); of other weights the
 * expected relevance over the rank of the document where that is highest. It asks for weights that are not below 0.
 * Without `first` − Σ_l Σ_i w_i / r_i: every relevant document counts the reciprocal of its rank, so it is linear in the weights. Not convex. Cost: K² a list.
 */
const reciprocalRankLoss = ({ ranks, temperature, first }: Settings): RankingLoss => {
  const { term, slope, bend } = ranks === 'hinge' ? hingeTerm : sigmoidTerm(temperature);
  const rankOf = (scores: Float32Array, i: number, start: number, end: number) => {
    let rank = 1;
    for (let j = start; j < end; j++) if (j !== i) rank += term(scores[j] - scores[i]);
    return rank;
  };
  return {
    name: 'reciprocal-rank',
    positiveWeights: first,
    value(scores, { offsets, weights }, gradient, curvature) {
      let loss = 0;
      gradient.fill(0);
      curvature?.fill(0);
      const count = (i: number, rank: number, start: number, end: number) => {
        loss -= weights[i] / rank;
        const byRank = weights[i] / (rank * rank);
        const bent = (-2 * byRank) / rank;
        let [ownSlope, ownBend] = [0, 0]; // of the rank by s_i
        for (let j = start; j < end; j++) {
          if (j === i) continue;
          const x = scores[j] - scores[i];
          const [q, c] = [slope(x), bend(x)];
          gradient[j] += byRank * q;
          if (curvature) curvature[j] += bent * q * q + byRank * c;
          ownSlope -= q;
          ownBend += c;
        }
        gradient[i] += byRank * ownSlope;
        if (curvature) curvature[i] += bent * ownSlope * ownSlope + byRank * ownBend;
      };
      for (let l = 0; l + 1 < offsets.length; l++) {
        const [start, end] = [offsets[l], offsets[l + 1]];
        let [best, bestRank] = [-1, 1];
        for (let i = start; i < end; i++) {
          if (weights[i] === 0) continue;
          const rank = rankOf(scores, i, start, end);
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
