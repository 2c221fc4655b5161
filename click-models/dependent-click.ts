import { array, type Decoded, optional, probability, strictObject, union } from '../src/schema.ts';
import { type ClickModel, clickModel } from './click-model.ts';
import { type ClickModelDefinition, gone } from './definition.ts';
import { perPosition } from './per-position.ts';

const options = strictObject({
  continuation: optional(union([probability(), array(probability())]), 0.6), // λ_k after a click at k: one for all, or one per position. Our choice
});

const definition: ClickModelDefinition = {
  name: 'dependent-click',
  tables: { attraction: { by: 'document' }, continuation: { by: 'rank' } },
  start: 'reading',
  states: { reading: { examined: 1, clicked: 'attraction', afterClick: ['continuation', 'reading', gone] } },
  counting: 'to-last-click',
};

/**
 * Reads from the top; goes on after a click at k with probability λ_k, and always after none: P(E_{k+1}) = P(E_k)(γ_k λ_k + 1 − γ_k),
 * P(C_k) = P(E_k) γ_k. λ = 0 is the cascade, λ = 1 reads everything. Assumes that no one leaves without a click. Guo, Liu & Wang, WSDM 2009.
 */
export const dependentClick = {
  description: 'dependent click: as cascade, but goes on after a click with probability λ (Guo et al. 2009)',
  options,
  /** @throws UsageError when `continuation` gives fewer values than positions */
  create: ({ continuation }: Decoded<typeof options>, positions: number): ClickModel =>
    clickModel(definition, { continuation: perPosition('continuation', continuation, positions) }, positions),
};
