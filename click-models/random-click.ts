import { type Decoded, optional, probability, strictObject } from '../src/schema.ts';
import { type ClickModel, clickModel } from './click-model.ts';
import type { ClickModelDefinition } from './definition.ts';

const options = strictObject({ rate: optional(probability(), 0.5) });

const definition: ClickModelDefinition = {
  name: 'random-click',
  tables: { rate: { by: 'global', fixed: true } },
  start: 'list',
  states: { list: { examined: 1, clicked: 'rate' } },
  counting: 'exact', // there is nothing to count
};

/** P(C_k = 1) = ρ, given and not fitted: with one half the perplexity is 2, what a model must beat. Chuklin et al., Click Models for Web Search, 2015. */
export const randomClick = {
  description: 'random click: every document with one given probability',
  options,
  create: ({ rate }: Decoded<typeof options>, positions: number): ClickModel =>
    clickModel(definition, { rate: Float64Array.of(rate) }, positions),
};
