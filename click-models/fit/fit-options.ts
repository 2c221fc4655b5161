import { boolean, type Decoded, integer, optional, picklist, positive, real, strictObject, union } from '../../src/schema.ts';

/** How a click model is fitted. */
export const fitOptions = strictObject({
  /** Exact expectation–maximisation; or one count of the log, for models in which clicks hide nothing, or nothing above the last. */
  method: optional(picklist(['em', 'counting']), 'em'),
  /** Of attraction and satisfaction: learnt from the log, none, or a strength in sessions about the mean that is learnt. */
  prior: optional(union([picklist(['learnt', 'none']), positive()]), 'learnt'),
  iterations: optional(integer(1, 100_000), 200), // at most
  tolerance: optional(real(0, 1), 1e-7), //          stops where an iteration gains less of the mean log-likelihood of a shown document
  accelerate: optional(boolean(), true), //          extrapolates every second iteration (SQUAREM)
});
export type FitOptions = Decoded<typeof fitOptions>;
