import { type FitOptions, fitOptions } from '../click-models/index.ts';
import { decodeOptions } from '../src/decode-options.ts';

/** How a click model is fitted for its bias: to the end, as the bias moves slowly where production orders by relevance and few documents change ranks. */
export const tabularFit = (method: FitOptions['method']): FitOptions =>
  decodeOptions('fit', fitOptions, { method, iterations: 2000 }) as FitOptions;
