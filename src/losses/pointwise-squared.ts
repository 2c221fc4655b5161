import type { RankingLoss } from './loss.ts';

/**
 * Σ_l Σ_i [w_i (1 − s_i)² + (n_l − w_i) s_i²] = Σ n_l s_i² − 2 w_i s_i + w_i: squared error of a click by the score, n_l sessions of the list. Its minimiser
 * has s_i = w_i / n_l. Convex whatever the weights: the second derivative is 2 n_l.
 */
export const pointwiseSquared: RankingLoss = {
  name: 'pointwise-squared',
  value(scores, { offsets, weights, sessions }, gradient, curvature) {
    let loss = 0;
    for (let l = 0; l + 1 < offsets.length; l++) {
      const n = sessions[l];
      for (let i = offsets[l]; i < offsets[l + 1]; i++) {
        const s = scores[i];
        loss += n * s * s - 2 * weights[i] * s + weights[i];
        gradient[i] = 2 * (n * s - weights[i]);
        if (curvature) curvature[i] = 2 * n;
      }
    }
    return loss;
  },
};
