import { strictObject } from '../src/schema.ts';
import { type ClickModel, clickModel } from './click-model.ts';
import { type ClickModelDefinition, gone } from './definition.ts';

const definition: ClickModelDefinition = {
  name: 'simplified-dynamic-bayesian',
  tables: { attraction: { by: 'document' }, satisfaction: { by: 'document' } },
  start: 'reading',
  states: { reading: { examined: 1, clicked: 'attraction', afterClick: ['satisfaction', gone, 'reading'] } },
  counting: 'to-last-click',
};

/**
 * The dynamic Bayesian model with γ = 1: assumes that no one leaves before a document satisfies. P(E_{k+1}) = P(E_k)(1 − a_k σ_k). Chapelle & Zhang, WWW 2009.
 */
export const simplifiedDynamicBayesian = {
  description: 'simplified dynamic Bayesian: reads on until a click satisfies (Chapelle & Zhang 2009)',
  options: strictObject({}),
  create: (_options: Record<never, never>, positions: number): ClickModel => clickModel(definition, {}, positions),
};
