import { array, type Decoded, optional, probability, strictObject, union } from '../src/schema.ts';
import { checkList } from './check-list.ts';
import type { ClickModel } from './click-model.ts';
import { perPosition } from './per-position.ts';

const options = strictObject({
  continuation: optional(union([probability(), array(probability())]), 0.6), // λ_k after a click at k: one for all, or one per position. Our choice
});

/**
 * Reads from the top; goes on after a click at k with probability λ_k, and always after none. Guo, Liu & Wang, WSDM 2009.
 * P(E_{k+1}) = P(E_k)(γ_k λ_k + 1 − γ_k), P(C_k) = P(E_k) γ_k. λ = 0 is the cascade, λ = 1 reads everything.
 * State e_k = P(E_k = 1 | clicks above k): λ_k after a click at k, e_k (1 − γ_k)/(1 − e_k γ_k) after none.
 */
export const dependentClick = {
  description: 'dependent click: as cascade, but goes on after a click with probability λ (Guo et al. 2009)',
  options,
  /** @throws UsageError when `continuation` gives fewer values than positions */
  create({ continuation }: Decoded<typeof options>, positions: number): ClickModel {
    const lambda = perPosition('continuation', continuation, positions);
    const model: ClickModel = {
      name: 'dependent-click',
      parameters: { continuation: lambda },
      positions,
      bias: null,
      initialState: 1,
      conditional: (_, gamma, examined) => gamma * examined,
      next(k, gamma, examined, clicked) {
        if (clicked) return lambda[k];
        return gamma === 1 ? 0 : (examined * (1 - gamma)) / (1 - examined * gamma); // γ = 1: unclicked means unexamined
      },
      marginal: (attraction) => model.examination(attraction).map((examined, k) => examined * attraction[k]),
      examination(attraction) {
        checkList(model, attraction);
        let reached = 1;
        return attraction.map((gamma, k) => {
          const here = reached;
          reached *= gamma * lambda[k] + 1 - gamma;
          return here;
        });
      },
    };
    return model;
  },
};
