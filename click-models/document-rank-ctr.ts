import { strictObject } from '../src/schema.ts';
import { type ClickModel, clickModel } from './click-model.ts';
import type { ClickModelDefinition } from './definition.ts';

const definition: ClickModelDefinition = {
  name: 'document-rank-ctr',
  tables: { attraction: { by: 'documentRank' } },
  start: 'list',
  states: { list: { examined: 1, clicked: 'attraction' } },
  counting: 'exact',
};

/** P(C_k = 1) = γ_k: a click-through rate for every document of a query at every rank, so that nothing is shared, and nothing assumed but that sessions are alike. Chuklin et al., Click Models for Web Search, 2015. Simulated from labels it is as document-ctr. */
export const documentRankCtr = {
  description: 'document-rank click-through rate: one for every document of a query at every rank',
  options: strictObject({}),
  create: (_options: Record<never, never>, positions: number): ClickModel => clickModel(definition, {}, positions),
};
