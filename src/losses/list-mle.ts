import { choiceLoss } from './choice-loss.ts';

/**
 * − Σ_l n_l log P(the order of the weights), P Plackett–Luce: − Σ_i n_l log(exp(s_i) / Σ_{w_j ≤ w_i} exp(s_j)), n_l sessions of the list. ListMLE, Xia et al.,
 * ICML 2008. Of documents of the same weight each is chosen from all of them (Breslow's rule for ties), so no order that weights do not say is learnt; those
 * of the lowest weight have nothing left below them, and a list of equal weights says nothing.
 * Not linear: only the order of the weights counts, whatever their sign, so it asks for many sessions a list.
 */
export const listMle = choiceLoss({
  name: 'list-mle',
  withTies: true,
  coefficient: ({ weights, sessions }, l, i, lowest) => (weights[i] > lowest ? sessions[l] : 0),
});
