import type { RankingLoss } from './loss.ts';

/**
 * − Σ_l Σ_i w_i / log2(1 + r_i), r_i = 1 + Σ_{j ≠ i} max(0, 1 − (s_i − s_j)): weighted DCG with the hinge bound of each rank in place of the rank, so never
 * above the DCG that w estimates. Agarwal et al., SIGIR 2019 (PropDCG). Cost: K² a list.
 * Not convex. `curvature` has the slope of −1/log2 by r_i for each hinge above 0, as the concave part bends down (Agarwal's convex–concave procedure takes its
 * tangent), and for weights below 0, which turn it, how much it bends up.
 */
export const propDcg: RankingLoss = {
  name: 'prop-dcg',
  value(scores, { offsets, weights }, gradient, curvature) {
    let loss = 0;
    gradient.fill(0);
    curvature?.fill(0);
    for (let l = 0; l + 1 < offsets.length; l++) {
      const end = offsets[l + 1];
      for (let i = offsets[l]; i < end; i++) {
        const w = weights[i];
        if (w === 0) continue;
        let above = 0; // documents whose hinge is above 0
        let rank = 1;
        for (let j = offsets[l]; j < end; j++) {
          const hinge = 1 - (scores[i] - scores[j]);
          if (j === i || hinge <= 0) continue;
          rank += hinge;
          above++;
        }
        const log = Math.log1p(rank);
        const slope = (w * Math.LN2) / ((1 + rank) * log * log);
        const bend = w < 0 ? (-slope * (1 + 2 / log)) / (1 + rank) : 0;
        loss -= (w * Math.LN2) / log;
        gradient[i] -= above * slope;
        if (curvature) curvature[i] += above * Math.abs(slope) + above * above * bend;
        for (let j = offsets[l]; j < end; j++) {
          if (j === i || scores[i] - scores[j] >= 1) continue;
          gradient[j] += slope;
          if (curvature) curvature[j] += Math.abs(slope) + bend;
        }
      }
    }
    return loss;
  },
};
