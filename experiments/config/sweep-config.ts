import { array, check, type Decoded, json, optional, pipe, record, strictObject, string, union } from '../../src/schema.ts';

const choices = union([
  pipe(
    array(json()),
    check((values) => values.length > 0, 'must be at least one value'),
  ),
  string(),
]);
const dimensions = record(string(), choices);

/** Many runs from one file. A key is a dotted path; its values are a list, or text as on the command line: `naive, ips`, `1..10`, `log(1e4,1e7,4)`. */
export const sweepConfig = strictObject({
  grid: optional(dimensions, {}), //       every combination of these
  zip: optional(array(dimensions), []), // within each of these groups the first values go together, the second …; groups are combined
  skip: optional(array(string()), []), //  conditions such as `estimator.name=affine and simulation.clickModel.name!=trust-bias`
});

export type SweepConfig = Decoded<typeof sweepConfig>;
