import { optional, probability, strictObject } from '../../src/schema.ts';

/** Of every estimator that divides by a clipped exposure. */
export const clipOptions = strictObject({ clip: optional(probability(), 0.1) }); // M, the lowest exposure that is divided by
