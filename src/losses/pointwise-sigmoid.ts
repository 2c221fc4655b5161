import { logSigmoid, sigmoid } from '../math/log-space.ts';
import type { RankingLoss } from './loss.ts';

/**
 * − Σ_l Σ_i [w_i log σ(s_i) + (n_l − w_i) log(1 − σ(s_i))], n_l sessions of the list. Saito et al., WSDM 2020, eq. 10, with w = c/θ.
 * Its minimiser has σ(s_i) = w_i / n_l, its second derivative is n_l σ(s_i) σ(−s_i), whatever the weight. A weight above n_l makes the coefficient of the second term negative: the loss is then
 * unbounded below for that document alone, which clipping the propensities or more sessions cure.
 */
export const pointwiseSigmoid: RankingLoss = {
  name: 'pointwise-sigmoid',
  logRelevance: logSigmoid,
  value(scores, { offsets, weights, sessions }, gradient, curvature) {
    let loss = 0;
    for (let l = 0; l + 1 < offsets.length; l++) {
      const n = sessions[l];
      for (let i = offsets[l]; i < offsets[l + 1]; i++) {
        const s = scores[i];
        loss -= weights[i] * logSigmoid(s) + (n - weights[i]) * logSigmoid(-s);
        gradient[i] = n * sigmoid(s) - weights[i];
        if (curvature) curvature[i] = n * sigmoid(s) * sigmoid(-s);
      }
    }
    return loss;
  },
};
