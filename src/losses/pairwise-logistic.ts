import { sigmoid, softplus } from '../math/log-space.ts';
import type { RankingLoss } from './loss.ts';

/**
 * Σ_l Σ_i w_i Σ_{j ≠ i} log(1 + exp(s_j − s_i)): a smooth bound of the rank of every relevant document, so linear in w.
 * Joachims et al., WSDM 2017 (propensity SVM-rank), with the logistic in place of the hinge.
 * With weights of pairs w_ij for w_i: Wang et al., WSDM 2021. For two documents the minimiser has s_i − s_j = log(w_i / w_j). Cost: K² a list.
 */
export const pairwiseLogistic: RankingLoss = {
  name: 'pairwise-logistic',
  takesPairs: true,
  logRelevance: (score) => score,
  value(scores, { offsets, weights, pairs }, gradient, curvature) {
    let loss = 0;
    gradient.fill(0);
    curvature?.fill(0);
    for (let l = 0; l + 1 < offsets.length; l++) {
      const start = offsets[l];
      const end = offsets[l + 1];
      const square = pairs ? pairs.offsets[l] : 0;
      for (let i = start; i < end; i++) {
        for (let j = i + 1; j < end; j++) {
          const wi = pairs ? pairs.weights[square + (i - start) * (end - start) + j - start] : weights[i];
          const wj = pairs ? pairs.weights[square + (j - start) * (end - start) + i - start] : weights[j];
          if (wi === 0 && wj === 0) continue;
          const difference = scores[i] - scores[j];
          loss += wi * softplus(-difference) + wj * softplus(difference);
          const p = sigmoid(difference);
          const slope = p * (wi + wj) - wi; // ∂/∂s_i of both terms
          gradient[i] += slope;
          gradient[j] -= slope;
          if (curvature) {
            const bend = p * sigmoid(-difference) * (wi + wj);
            curvature[i] += bend;
            curvature[j] += bend;
          }
        }
      }
    }
    if (curvature) for (let i = 0; i < curvature.length; i++) curvature[i] = Math.abs(curvature[i]);
    return loss;
  },
};
