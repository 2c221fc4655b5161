import { array, check, type Decoded, integer, optional, pipe, probability, real, strictObject } from '../schema.ts';

const range = pipe(
  array(integer(1)),
  check((pair) => pair.length === 2 && pair[0] <= pair[1], 'expected [fewest, most], two whole numbers in that order'),
);
const shares = pipe(
  array(probability()),
  check(
    (parts) => Math.abs(parts.reduce((sum, part) => sum + part, 0) - 1) < 1e-9,
    'expected shares that sum to 1, one per grade from 0 up',
  ),
);

/** What `syntheticQueries` makes; the defaults are the embedded data of the quickstart. */
export const syntheticOptions = strictObject({
  trainQueries: optional(integer(1), 400),
  validationQueries: optional(integer(1), 100),
  testQueries: optional(integer(1), 200),
  documentsPerQuery: optional(range, [10, 30]), // uniform between the two, both possible
  features: optional(integer(1), 30),
  usefulShare: optional(probability(), 0.5), // of the features that the signal depends on, at least one
  correlation: optional(probability(), 0.5), // share of each feature's variance that comes from factors shared by all features
  nonlinearity: optional(probability(), 0.3), // share of the signal's variance from products and thresholds
  labelNoise: optional(real(0), 0.5), // standard deviation added to the signal, in standard deviations of the signal
  labelShares: optional(shares, [0.45, 0.25, 0.15, 0.1, 0.05]), // of all documents, grades 0, 1, …
});

/** Sizes and relevance of synthetic queries. */
export type SyntheticOptions = Decoded<typeof syntheticOptions>;
