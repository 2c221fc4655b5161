import { type Decoded, optional, probability, strictObject } from '../src/schema.ts';
import { type ClickModel, clickModel } from './click-model.ts';
import { type ClickModelDefinition, either, gone, latent } from './definition.ts';

const options = strictObject({
  afterSkip: optional(probability(), 0.9), //        τ₁. The defaults are our choice
  afterClick: optional(probability(), 0.7), //       τ₂, where the document does not satisfy
  afterSatisfaction: optional(probability(), 0.3), // τ₃, where it does
});

const definition: ClickModelDefinition = {
  name: 'click-chain',
  tables: {
    attraction: { by: 'document' },
    afterSkip: { by: 'global' },
    afterClick: { by: 'global' },
    afterSatisfaction: { by: 'global' },
  },
  start: 'reading',
  states: {
    reading: {
      examined: 1,
      clicked: 'attraction',
      afterClick: [either(latent('satisfied', 'attraction'), 'afterSatisfaction', 'afterClick'), 'reading', gone],
      afterSkip: ['afterSkip', 'reading', gone],
    },
  },
};

/**
 * Reads from the top; goes on after no click with probability τ₁, after a click with τ₂, or τ₃ where the document satisfies, which it does as likely as it attracts:
 * P(E_{k+1}) = P(E_k)((1 − γ)τ₁ + γ((1 − γ)τ₂ + γτ₃)). Guo et al., WWW 2009.
 */
export const clickChain = {
  description: 'click chain: reads on with one probability after none, one after a click, one after a satisfying click (Guo et al. 2009)',
  options,
  create: (taus: Decoded<typeof options>, positions: number): ClickModel =>
    clickModel(definition, Object.fromEntries(Object.entries(taus).map(([name, tau]) => [name, Float64Array.of(tau)])), positions),
};
