// @ts-check
import { optional, probability, strictObject } from 'counterrank';
import { clickModel, gone } from 'counterrank/click-models';

const options = strictObject({
  persistence: optional(probability(), 0.8), // p, the chance of reading on
});

/** @type {import('counterrank/click-models').Way} */
const on = ['persistence', 'reading', gone]; // with its probability to the next document, else away

/** @type {import('counterrank/click-models').ClickModelDefinition} */
const definition = {
  name: 'my-method',
  tables: { attraction: { by: 'document' }, persistence: { by: 'global' } },
  start: 'reading',
  states: { reading: { examined: 1, clicked: 'attraction', afterClick: on, afterSkip: on } },
};

/**
 * Reads from the top, and on to the next document with probability p, whatever was clicked: P(E_k = 1) = p^k, k from 0, and
 * P(C_k = 1) = p^k γ_k with γ the attraction.
 */
export const clickModels = {
  'my-method': {
    description: 'reads on with a fixed probability after every document, clicked or not',
    options,
    /** @type {(chosen: import('counterrank').Decoded<typeof options>, positions: number) => import('counterrank/click-models').ClickModel} */
    create: ({ persistence }, positions) => clickModel(definition, { persistence: Float64Array.of(persistence) }, positions),
  },
};
