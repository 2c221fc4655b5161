import { strictObject } from '../src/schema.ts';
import { checkList } from './check-list.ts';
import type { ClickModel } from './click-model.ts';

/**
 * Reads from the top and stops at the first click: P(C_k = 1 | no click above) = γ_k, so P(C_k = 1) = γ_k Π_{i<k} (1 − γ_i).
 * Craswell et al., WSDM 2008. State: P(E_k = 1 | clicks above k), 1 or 0.
 */
export const cascade = {
  description: 'cascade: reads from the top and stops at the first click (Craswell et al. 2008)',
  options: strictObject({}),
  create(_options: Record<never, never>, _positions: number): ClickModel {
    const model: ClickModel = {
      name: 'cascade',
      parameters: {},
      positions: Infinity,
      bias: null,
      initialState: 1,
      conditional: (_, gamma, examined) => gamma * examined,
      next: (_, __, examined, clicked) => (clicked ? 0 : examined),
      marginal: (attraction) => model.examination(attraction).map((examined, k) => examined * attraction[k]),
      examination(attraction) {
        checkList(model, attraction);
        let reached = 1;
        return attraction.map((gamma) => {
          const here = reached;
          reached *= 1 - gamma;
          return here;
        });
      },
    };
    return model;
  },
};
