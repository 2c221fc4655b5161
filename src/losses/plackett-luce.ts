import { exposures } from '../plackett-luce/exposures.ts';
import { RankingDraws } from '../plackett-luce/pl-rank.ts';
import type { Rng } from '../random/rng.ts';
import { type Decoded, integer, nullable, optional, strictObject } from '../schema.ts';
import type { RankingLoss } from './loss.ts';
import { roomFor } from './room-for.ts';

const options = strictObject({
  samples: optional(integer(1, 10_000), 32), //      rankings drawn of each list in each step
  cutoff: optional(nullable(integer(1, 5000)), null), // ranks that count; null: all
});

/**
 * Half of ∫|g″|, g the density of the log of an exponential: E_z H(z) of a document that arrives at e^z has, by its score, a second derivative of no more than
 * this times the range of H.
 */
const halfVariation = 0.4701;

/**
 * − Σ_l U_l, U = E_y Σ_{k ≤ K} w_{y_k} / log2(1 + k) over Plackett–Luce rankings y of the scores: the negative expected DCG of the stochastic policy, linear in
 * the weights, of any sign. `value` and its gradient are means over drawn rankings (PL-Rank-3, Oosterhuis, SIGIR 2022), unbiased; `heldOut` is that of
 * the exact exposures, to seven digits. The ranker that is learnt ranks by its scores, which is the most likely ranking of the policy.
 * Not convex. `curvature` is a bound of |∂²U/∂s_i²| for every score: 0.47 (|w_i| + range of 0 and the list's weights).
 */
const plackettLuceLoss = ({ samples, cutoff }: Decoded<typeof options>, rng: Rng): RankingLoss => {
  const draws = new RankingDraws();
  let slopes = new Float64Array(0); // of one list
  let theta = new Float64Array(0); // of as many ranks as the longest list has, as far as they count
  const thetaFor = (n: number) => {
    const ranks = Math.min(n, cutoff ?? Infinity);
    if (theta.length < ranks) theta = Float64Array.from({ length: ranks }, (_, k) => 1 / Math.log2(2 + k));
    return theta;
  };
  return {
    name: 'plackett-luce',
    value(scores, { offsets, weights }, gradient, curvature) {
      let loss = 0;
      for (let l = 0; l + 1 < offsets.length; l++) {
        const [start, end] = [offsets[l], offsets[l + 1]];
        const ranks = thetaFor(end - start);
        slopes = roomFor(end - start, slopes).fill(0);
        draws.begin(scores, start, end);
        for (let s = 0; s < samples; s++) {
          draws.draw(ranks.length, rng);
          loss += draws.policyGradient(weights, ranks, -1 / samples, slopes);
        }
        for (let i = start; i < end; i++) gradient[i] = slopes[i - start];
        if (curvature) bound(weights, start, end, curvature);
      }
      return loss;
    },
    heldOut(scores, { offsets, weights }) {
      if (scores.some(Number.isNaN)) return Number.NaN; // training diverged
      let loss = 0;
      for (let l = 0; l + 1 < offsets.length; l++) {
        const [start, end] = [offsets[l], offsets[l + 1]];
        const exposure = exposures(scores.subarray(start, end), thetaFor(end - start), 1e-7);
        for (let i = start; i < end; i++) loss -= exposure[i - start] * weights[i];
      }
      return loss;
    },
  };
};

/** Of U by each score: a document that moves in the list gains at most θ_1 |w_i| and shifts what θ counts of the others between their extremes. */
function bound(weights: Float64Array, start: number, end: number, curvature: Float32Array): void {
  let [lowest, highest] = [0, 0];
  for (let i = start; i < end; i++) {
    lowest = Math.min(lowest, weights[i]);
    highest = Math.max(highest, weights[i]);
  }
  for (let i = start; i < end; i++) curvature[i] = halfVariation * (Math.abs(weights[i]) + highest - lowest);
}

export const plackettLuce = {
  description: 'expected DCG of the Plackett–Luce policy of the scores, by its policy gradient (PL-Rank-3, Oosterhuis 2022)',
  options,
  create: plackettLuceLoss,
};
