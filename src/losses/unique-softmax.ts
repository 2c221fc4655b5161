import { choiceLoss } from './choice-loss.ts';

/**
 * − Σ_l Σ_i w_i log(exp(s_i) / (exp(s_i) + Σ_{w_j < w_i} exp(s_j))): softmax in which a relevant document does not compete with those as relevant. Zhu and
 * Klabjan, WSDM 2020. Not linear: which documents compete is told by the order of the weights, so these are ≥ 0, and of many sessions a list.
 */
export const uniqueSoftmax = choiceLoss({
  name: 'unique-softmax',
  positiveWeights: true,
  withTies: false,
  coefficient: ({ weights }, _, i) => weights[i],
});
