import type { Decoded } from '../src/schema.ts';
import { type ClickModel, clickModel } from './click-model.ts';
import type { ClickModelDefinition } from './definition.ts';
import { examinationCurveOf, examinationOptions } from './examination-curve.ts';

const definition: ClickModelDefinition = {
  name: 'rank-ctr',
  tables: { rate: { by: 'rank' } },
  start: 'list',
  states: { list: { examined: 1, clicked: 'rate' } },
  counting: 'exact',
};

/** P(C_k = 1) = ρ_k: a click-through rate for every rank, whatever it shows: assumes that what is shown does not matter. Chuklin et al., Click Models for Web Search, 2015. Simulated with the rates that are options of position-based. */
export const rankCtr = {
  description: 'rank click-through rate: one for every rank, whatever it shows',
  options: examinationOptions,
  /** @throws UsageError when `examination` gives fewer values than positions */
  create: (options: Decoded<typeof examinationOptions>, positions: number): ClickModel =>
    clickModel(definition, { rate: examinationCurveOf(options, positions) }, positions),
};
