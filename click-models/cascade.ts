import { strictObject } from '../src/schema.ts';
import { type ClickModel, clickModel } from './click-model.ts';
import { type ClickModelDefinition, gone } from './definition.ts';

const definition: ClickModelDefinition = {
  name: 'cascade',
  tables: { attraction: { by: 'document' } },
  start: 'reading',
  states: { reading: { examined: 1, clicked: 'attraction', afterClick: gone } },
  counting: 'exact',
};

/**
 * Reads from the top and stops at the first click: P(C_k = 1 | no click above) = γ_k, so P(C_k = 1) = γ_k Π_{i<k} (1 − γ_i).
 * Assumes at most one click: a log with more is ruled out. Craswell et al., WSDM 2008.
 */
export const cascade = {
  description: 'cascade: reads from the top and stops at the first click (Craswell et al. 2008)',
  options: strictObject({}),
  create: (_options: Record<never, never>, positions: number): ClickModel => clickModel(definition, {}, positions),
};
