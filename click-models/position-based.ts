import type { Decoded } from '../src/schema.ts';
import { type ClickModel, clickModel } from './click-model.ts';
import type { ClickModelDefinition } from './definition.ts';
import { examinationCurveOf, examinationOptions } from './examination-curve.ts';

const definition: ClickModelDefinition = {
  name: 'position-based',
  tables: { attraction: { by: 'document' }, examination: { by: 'rank' } },
  start: 'list',
  states: { list: { examined: 'examination', clicked: 'attraction' } },
  upToFactor: [['examination']],
};

/**
 * P(C_k = 1) = θ_k γ_k: the user examines position k whatever was clicked above, and clicks what is examined and attracts.
 * Assumes that examination depends on nothing but the position. Craswell et al., WSDM 2008.
 */
export const positionBased = {
  description: 'position-based: a click takes examination, which depends on the position alone, and attraction (Craswell et al. 2008)',
  options: examinationOptions,
  /** @throws UsageError when `examination` gives fewer values than positions */
  create: (options: Decoded<typeof examinationOptions>, positions: number): ClickModel =>
    clickModel(definition, { examination: examinationCurveOf(options, positions) }, positions),
};
