import {
  array,
  check,
  type GenericSchema,
  integer,
  nullable,
  optional,
  pipe,
  type SchemaEntries,
  strictObject,
  string,
  union,
} from '../../src/schema.ts';
import { looksLikeRange } from './choices.ts';
import { launcherConfig } from './launcher-config.ts';
import { sweepConfig } from './sweep-config.ts';
import { fileName } from './text-rules.ts';

/** A seed is a number or a name; a range would be the name of one seed, which nobody means by it. */
export const seedRule = union([
  integer(),
  pipe(
    fileName(),
    check((text) => !looksLikeRange(text), 'must be one seed: several are seeds: [1, 2, 3], or seed: 1..3 under sweep: grid:'),
  ),
]);

const names = () => optional(union([string(), array(string())]));

/** What a file may say beyond a run, whatever the task. */
const beside = {
  seed: optional(seedRule), //     seeds: [seed]
  extends: names(), //             files to build on, relative to this one; the later ones and this one win
  preset: names(), //              named files to build on, over those of extends
  sweep: optional(sweepConfig),
  launcher: optional(launcherConfig),
};

/**
 * The schema of a config file from that of its run. Its `seeds`, `baseline` and `estimators` have no default: the singular forms may stand
 * instead; `estimator: …` means `estimators: [estimator]` and, unless it is named, no baseline.
 */
export function withFileKeys<E extends SchemaEntries, Seeds extends GenericSchema, Method extends GenericSchema>(
  run: { readonly entries: E },
  seeds: Seeds,
  method: Method,
) {
  return strictObject({
    ...run.entries,
    ...beside,
    seeds: optional(seeds),
    baseline: optional(nullable(string())),
    estimators: optional(array(method)),
    estimator: optional(method),
  });
}
