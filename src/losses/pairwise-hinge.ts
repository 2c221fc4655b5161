import type { RankingLoss } from './loss.ts';

/**
 * Σ_l Σ_i w_i Σ_{j ≠ i} max(0, 1 − (s_i − s_j)): the rank of every relevant document, less one, bounded by hinges: propensity SVM-rank (Joachims et al.,
 * WSDM 2017, eq. 11), where w = c/θ. With weights of pairs w_ij for w_i. Scores are told apart by a margin of 1 and no further. Cost: K² a list.
 * Hinges bend at one point only; `curvature` has |w_i| for each that is above 0, as if it were half a square.
 */
export const pairwiseHinge: RankingLoss = {
  name: 'pairwise-hinge',
  takesPairs: true,
  value(scores, { offsets, weights, pairs }, gradient, curvature) {
    let loss = 0;
    gradient.fill(0);
    curvature?.fill(0);
    for (let l = 0; l + 1 < offsets.length; l++) {
      const start = offsets[l];
      const end = offsets[l + 1];
      const square = pairs ? pairs.offsets[l] : 0;
      for (let i = start; i < end; i++) {
        for (let j = start; j < end; j++) {
          const w = pairs ? pairs.weights[square + (i - start) * (end - start) + j - start] : weights[i];
          const hinge = 1 - (scores[i] - scores[j]);
          if (i === j || w === 0 || hinge <= 0) continue;
          loss += w * hinge;
          gradient[i] -= w;
          gradient[j] += w;
          if (curvature) {
            curvature[i] += Math.abs(w);
            curvature[j] += Math.abs(w);
          }
        }
      }
    }
    return loss;
  },
};
