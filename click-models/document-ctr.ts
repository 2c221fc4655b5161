import { strictObject } from '../src/schema.ts';
import { type ClickModel, clickModel } from './click-model.ts';
import type { ClickModelDefinition } from './definition.ts';

const definition: ClickModelDefinition = {
  name: 'document-ctr',
  tables: { attraction: { by: 'document' } },
  start: 'list',
  states: { list: { examined: 1, clicked: 'attraction' } },
  counting: 'exact',
};

/** P(C_k = 1) = γ: a click-through rate for every document of a query, wherever it is shown: assumes that the rank does not matter, no position bias. Craswell et al., WSDM 2008 (baseline). */
export const documentCtr = {
  description: 'document click-through rate: one for every document of a query, wherever it is shown (Craswell et al. 2008)',
  options: strictObject({}),
  create: (_options: Record<never, never>, positions: number): ClickModel => clickModel(definition, {}, positions),
};
