import { optional, positive, probability, strictObject } from '../../../src/schema.ts';

export const escm2Options = strictObject({
  counterfactualWeight: optional(positive(), 1), // λ of the counterfactual term, beside ESMM's losses
  clip: optional(probability(), 0.02), //           lowest pCTR that is divided by
});
