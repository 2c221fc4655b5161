import { boolean, type Decoded, optional, positive, strictObject } from '../schema.ts';
import { gainScale } from './ideal-gain.ts';
import type { RankingLoss } from './loss.ts';
import { addByRank, sigmoidTerm, termRank } from './rank-terms.ts';

const options = strictObject({
  temperature: optional(positive(), 0.1), // T of the approximate ranks; ranks are exact as it goes to 0, and slopes vanish
  normalise: optional(boolean(), true), //   by the ideal DCG; else DCG, linear in the weights
});

/**
 * − Σ_l n_l DCG̃_l(w) / (ideal DCG of w), DCG̃ = Σ_i w_i / log2(1 + r_i) with r_i = 1 + Σ_{j ≠ i} σ((s_j − s_i)/T) for the rank. Qin, Liu & Li, Information
 * Retrieval 2010; T = 0.1 as TF-Ranking has it, 1 as Rax. Gains are linear in the weights: estimated relevance is no grade. Not convex. Cost: K² a list.
 * Without `normalise` − Σ_l DCG̃_l(w), linear in the weights, which may be below 0. With it they may not be, as there would be no ideal; the ideal order of
 * noisy weights is better than that of true relevance, so it asks for many sessions a list.
 */
const approxNdcgLoss = ({ temperature, normalise }: Decoded<typeof options>): RankingLoss => {
  const term = sigmoidTerm(temperature);
  return {
    name: 'approx-ndcg',
    positiveWeights: normalise,
    value(scores, { offsets, weights, sessions }, gradient, curvature) {
      let loss = 0;
      gradient.fill(0);
      curvature?.fill(0);
      for (let l = 0; l + 1 < offsets.length; l++) {
        const start = offsets[l];
        const end = offsets[l + 1];
        const scale = normalise ? gainScale(weights, start, end, sessions[l]) : 1;
        for (let i = start; i < end; i++) {
          const gain = scale * weights[i];
          if (gain === 0) continue;
          const rank = termRank(term, scores, i, start, end);
          const log = Math.log1p(rank);
          const slope = (gain * Math.LN2) / ((1 + rank) * log * log); // of the loss by r_i
          const bend = (-slope * (1 + 2 / log)) / (1 + rank);
          loss -= (gain * Math.LN2) / log;
          addByRank(term, scores, i, { start, end, slope, bend }, gradient, curvature);
        }
      }
      if (curvature) for (let i = 0; i < curvature.length; i++) curvature[i] = Math.abs(curvature[i]);
      return loss;
    },
  };
};

export const approxNdcg = {
  description: 'NDCG with a smooth rank for the rank (Qin et al. 2010)',
  options,
  create: approxNdcgLoss,
};
