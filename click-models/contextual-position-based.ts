import { array, type Decoded, maxLength, minLength, optional, pipe, strictObject } from '../src/schema.ts';
import { type ClickModel, clickModel } from './click-model.ts';
import type { ClickModelDefinition } from './definition.ts';
import { examinationCurveOf, examinationOptions } from './examination-curve.ts';

const options = strictObject({
  contexts: optional(pipe(array(examinationOptions), minLength(1), maxLength(1000)), [
    { examination: 'eye-tracking', eta: 1 },
    { examination: 'eye-tracking', eta: 2 },
  ]), // one examination curve for each; our choice
});

const definition: ClickModelDefinition = {
  name: 'contextual-position-based',
  tables: { attraction: { by: 'document' }, examination: { by: 'context' } },
  start: 'list',
  states: { list: { examined: 'examination', clicked: 'attraction' } },
  upToFactor: [['examination']],
};

/**
 * P(C_k = 1) = θ_k(x) γ_k, x the context of the session, such as a device or a kind of page: position-based, with a curve for every context.
 * Assumes that the context moves examination and not attraction. Fang, Agarwal & Joachims, SIGIR 2019, for contexts that are told apart by name.
 */
export const contextualPositionBased = {
  description: 'contextual position-based: a curve of examination for every context of a session, as its device (Fang et al. 2019)',
  options,
  /** @throws UsageError when an `examination` gives fewer values than positions */
  create({ contexts }: Decoded<typeof options>, positions: number): ClickModel {
    const examination = Float64Array.from(contexts.flatMap((curve) => [...examinationCurveOf(curve, positions)]));
    return clickModel(definition, { examination }, positions, contexts.length);
  },
};
