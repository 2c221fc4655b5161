import { type Decoded, optional, probability, strictObject } from '../src/schema.ts';
import { type ClickModel, clickModel } from './click-model.ts';
import type { ClickModelDefinition } from './definition.ts';

const options = strictObject({ rate: optional(probability(), 0.1) }); // our choice

const definition: ClickModelDefinition = {
  name: 'global-ctr',
  tables: { rate: { by: 'global' } },
  start: 'list',
  states: { list: { examined: 1, clicked: 'rate' } },
  counting: 'exact',
};

/** P(C_k = 1) = ρ: one click-through rate for all. Chuklin et al., Click Models for Web Search, 2015, where it is the random click model. */
export const globalCtr = {
  description: 'global click-through rate: one for all documents and ranks',
  options,
  create: ({ rate }: Decoded<typeof options>, positions: number): ClickModel =>
    clickModel(definition, { rate: Float64Array.of(rate) }, positions),
};
