import { type RankingLoss, strictObject } from 'counterrank';

/**
 * Squared error of relevance, Σ_l Σ_i ½ n_l s_i² − w_i s_i: up to what no score changes ½ n_l (s_i − w_i / n_l)², with n_l sessions of list l and
 * w_i the weight of a document, its estimated relevance summed over them. Linear in w, so that unbiased weights give the loss of true relevance in expectation. Least at s_i = w_i / n_l.
 */
const squaredError: RankingLoss = {
  name: 'my-method',
  value(scores, { offsets, weights, sessions }, gradient, curvature) {
    let loss = 0;
    for (let list = 0; list + 1 < offsets.length; list++)
      for (let i = offsets[list]; i < offsets[list + 1]; i++) {
        loss += 0.5 * sessions[list] * scores[i] ** 2 - weights[i] * scores[i];
        gradient[i] = sessions[list] * scores[i] - weights[i];
        if (curvature) curvature[i] = sessions[list]; // ∂²/∂s_i², by which trees step
      }
    return loss;
  },
  logRelevance: (score) => Math.log(Math.max(score, 1e-6)), // for dual learning; may be left out
};

export const losses = {
  'my-method': { description: 'squared error of relevance, per document', options: strictObject({}), create: () => squaredError },
};
