import { estimators } from '../../../estimators/index.ts';
import { scorers } from '../../../src/models/scorers.ts';
import {
  array,
  check,
  type Decoded,
  integer,
  nullable,
  optional,
  picklist,
  pipe,
  strictObject,
  string,
  transform,
  union,
} from '../../../src/schema.ts';
import { seedRule, withFileKeys } from '../../config/file-keys.ts';
import { named } from '../../config/named.ts';
import { fileName } from '../../config/text-rules.ts';
import { dataConfig } from './data-config.ts';
import { evaluationConfig } from './evaluation-config.ts';
import { simulationConfig } from './simulation-config.ts';
import { trainingConfig } from './training-config.ts';

/** A number n stands for the seeds 1 to n; a seed may be any text. */
export const seeds = pipe(
  union([integer(1), array(seedRule)]),
  transform((value) => (typeof value === 'number' ? Array.from({ length: value }, (_, i) => i + 1) : value).map(String)),
  check((list) => list.length > 0 && new Set(list).size === list.length, 'must be at least one seed, none twice'),
);

const estimator = pipe(
  named(estimators, { label: optional(fileName()) }),
  transform((chosen) => ({ ...chosen, label: chosen.label ?? chosen.name })),
);

/** One comparison: data → click logs → rankers → evaluation. This schema is the type, the check and the JSON Schema; defaults stand here. */
export const runConfig = strictObject({
  name: optional(fileName(), 'run'), //            names the run folder
  seeds: optional(seeds, 5), //                    one whole experiment each
  baseline: optional(nullable(string()), 'naive'), // label of the method that the others are tested against
  backend: optional(picklist(['auto', 'node-gpu', 'node', 'wasm', 'cpu']), 'auto'),
  data: optional(dataConfig, {}),
  simulation: optional(simulationConfig, {}),
  ranker: optional(named(scorers), 'linear'),
  training: optional(trainingConfig, {}),
  estimators: optional(array(estimator), ['production', 'naive', 'ips', 'clipped-ips', 'dual-learning', 'skyline']),
  evaluation: optional(evaluationConfig, {}),
});

export type RunConfig = Decoded<typeof runConfig>;

/** What a config file may say. */
export const fileConfig = withFileKeys(runConfig, seeds, estimator);
