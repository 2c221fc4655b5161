import { type Decoded, optional, probability, strictObject } from '../src/schema.ts';
import { type ClickModel, clickModel } from './click-model.ts';
import { type ClickModelDefinition, gone } from './definition.ts';

const options = strictObject({ continuation: optional(probability(), 0.9) }); // γ: the best of Chapelle & Zhang's log

const definition: ClickModelDefinition = {
  name: 'dynamic-bayesian',
  tables: { attraction: { by: 'document' }, satisfaction: { by: 'document' }, continuation: { by: 'global' } },
  start: 'reading',
  states: {
    reading: {
      examined: 1,
      clicked: 'attraction',
      afterClick: ['satisfaction', gone, ['continuation', 'reading', gone]],
      afterSkip: ['continuation', 'reading', gone],
    },
  },
};

/**
 * Reads from the top; a click satisfies with the document's own probability σ and then ends the session; who is not satisfied goes on with probability γ:
 * P(E_{k+1}) = P(E_k) γ (1 − a_k σ_k), P(C_k) = P(E_k) a_k, a the attraction. Chapelle & Zhang, WWW 2009.
 */
export const dynamicBayesian = {
  description: 'dynamic Bayesian: a click may satisfy, which ends the session; without, on with one probability (Chapelle & Zhang 2009)',
  options,
  create: ({ continuation }: Decoded<typeof options>, positions: number): ClickModel =>
    clickModel(definition, { continuation: Float64Array.of(continuation) }, positions),
};
