import type { RankingLoss } from './loss.ts';
import { roomFor } from './room-for.ts';

let odds = new Float64Array(0); // of one list's documents against its highest; kept, as every step needs it

/**
 * − Σ_l Σ_i w_i log softmax(s)_i, softmax over the list. Cao et al., ICML 2007 (top one); with w = c/θ, Ai et al., SIGIR 2018, eq. 5.
 * Its minimiser has softmax(s)_i ∝ w_i. Gradient: p_i Σ_j w_j − w_i, second derivative: p_i (1 − p_i) Σ_j w_j, p = softmax(s).
 */
export const listwiseSoftmax: RankingLoss = {
  name: 'listwise-softmax',
  logRelevance: (score) => score,
  value(scores, { offsets, weights }, gradient, curvature) {
    let loss = 0;
    for (let l = 0; l + 1 < offsets.length; l++) {
      const start = offsets[l];
      const end = offsets[l + 1];
      let highest = -Infinity;
      for (let i = start; i < end; i++) if (scores[i] > highest) highest = scores[i];
      odds = roomFor(end - start, odds);
      let partition = 0;
      let mass = 0;
      for (let i = start; i < end; i++) {
        odds[i - start] = Math.exp(scores[i] - highest);
        partition += odds[i - start];
        mass += weights[i];
      }
      const logPartition = highest + Math.log(partition);
      const share = mass / partition;
      for (let i = start; i < end; i++) {
        if (weights[i] !== 0) loss -= weights[i] * (scores[i] - logPartition);
        gradient[i] = share * odds[i - start] - weights[i];
        if (curvature) curvature[i] = Math.abs(share) * odds[i - start] * (1 - odds[i - start] / partition);
      }
    }
    return loss;
  },
};
