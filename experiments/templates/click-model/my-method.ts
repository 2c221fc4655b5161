import { type Decoded, optional, probability, strictObject } from 'counterrank';
import { type ClickModel, checkList } from 'counterrank/click-models';

const options = strictObject({
  persistence: optional(probability(), 0.8), // p, the chance of reading on
});

/**
 * Reads from the top, and on to the next document with probability p, whatever was clicked: P(E_k = 1) = p^k, k from 0, and
 * P(C_k = 1) = p^k γ_k with γ the attraction. State: P(E_k = 1 | clicks above k), p after a click, p e_k (1 − γ_k)/(1 − e_k γ_k) after none.
 */
export const clickModels = {
  'my-method': {
    description: 'reads on with a fixed probability after every document, clicked or not',
    options,
    create({ persistence }: Decoded<typeof options>, positions: number): ClickModel {
      const reached = Float64Array.from({ length: positions }, (_, k) => persistence ** k);
      const model: ClickModel = {
        name: 'my-method',
        parameters: { persistence: new Float64Array(positions).fill(persistence) },
        positions,
        bias: { kind: 'examination', examination: reached }, // null where examination depends on the documents shown
        initialState: 1,
        conditional: (_, gamma, examined) => gamma * examined,
        next(_, gamma, examined, clicked) {
          if (clicked) return persistence;
          return gamma === 1 ? 0 : (persistence * examined * (1 - gamma)) / (1 - examined * gamma); // γ = 1: unclicked means unexamined
        },
        marginal: (attraction) => model.examination(attraction).map((examined, k) => examined * attraction[k]),
        examination(attraction) {
          checkList(model, attraction);
          return reached.slice(0, attraction.length);
        },
      };
      return model;
    },
  },
};
