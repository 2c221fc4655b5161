import type { RankingLoss } from './loss.ts';

/**
 * − Σ_l Σ_i w_i log softmax(s)_i, softmax over the list. Cao et al., ICML 2007 (top one); with w = c/θ, Ai et al., SIGIR 2018, eq. 5.
 * Its minimiser has softmax(s)_i ∝ w_i. Gradient: softmax(s)_i · Σ_j w_j − w_i.
 */
export const listwiseSoftmax: RankingLoss = {
  name: 'listwise-softmax',
  logRelevance: (score) => score,
  value(scores, { offsets, weights }, gradient) {
    let loss = 0;
    for (let l = 0; l + 1 < offsets.length; l++) {
      const start = offsets[l];
      const end = offsets[l + 1];
      let highest = -Infinity;
      for (let i = start; i < end; i++) if (scores[i] > highest) highest = scores[i];
      let partition = 0;
      let mass = 0;
      for (let i = start; i < end; i++) {
        partition += Math.exp(scores[i] - highest);
        mass += weights[i];
      }
      const logPartition = highest + Math.log(partition);
      for (let i = start; i < end; i++) {
        const logProbability = scores[i] - logPartition;
        if (weights[i] !== 0) loss -= weights[i] * logProbability;
        gradient[i] = mass * Math.exp(logProbability) - weights[i];
      }
    }
    return loss;
  },
};
