import { named, type Unnamed } from '../../src/named.ts';
import {
  array,
  check,
  type GenericSchema,
  integer,
  literal,
  nullable,
  optional,
  picklist,
  pipe,
  record,
  type SchemaEntries,
  strictObject,
  string,
  transform,
  union,
} from '../../src/schema.ts';
import { backends } from './backends.ts';
import { looksLikeRange } from './choices.ts';
import { launcherConfig } from './launcher-config.ts';
import { pluginsConfig } from './plugin-reference.ts';
import { sweepConfig } from './sweep-config.ts';
import { fileName, line } from './text-rules.ts';

/** A seed is a number or a name; a range would be the name of one seed, which nobody means by it. */
const seedRule = union([
  integer(),
  fileName((text) => (looksLikeRange(text) ? 'must be one seed: several are seeds: [1, 2, 3], or seed: 1..3 under sweep: grid:' : null)),
]);

const mostSeeds = 100_000;

/** A number n stands for the seeds 1 to n; a seed may be any text. */
const seeds = pipe(
  union([integer(1, mostSeeds), array(seedRule)]),
  transform((value) => (typeof value === 'number' ? Array.from({ length: value }, (_, i) => i + 1) : value).map(String)),
  check((list) => list.length > 0 && new Set(list).size === list.length, 'must be at least one seed, none twice'),
  check((list) => list.length <= mostSeeds, `must be at most ${mostSeeds} seeds`),
);

const names = () => optional(union([string(), array(string())]));

/** What a file may say beyond a run, whatever the task. */
const beside = {
  seed: optional(seedRule), //     seeds: [seed]
  extends: names(), //             files to build on, relative to this one; the later ones and this one win
  preset: names(), //              named files to build on, over those of extends
  sweep: optional(sweepConfig),
  launcher: optional(launcherConfig),
};

const optionalTask = <Name extends string>(task: Name) => optional(literal(task));

/** The methods that a study compares: an option's schema each. */
type Methods = Readonly<Record<string, { readonly options: GenericSchema }>>;

export interface StudySections<
  Name extends string,
  M extends Methods,
  S extends SchemaEntries,
  E extends GenericSchema,
  O extends Record<string, GenericSchema>,
> {
  readonly task: Name;
  readonly isDefault?: boolean; // need not be written
  readonly methods: M;
  readonly unnamed?: Unnamed; //     the method that a group without a name is, where one may be
  readonly labelOf?: (method: { readonly name: string }) => string; // of a method without a label; by default its name
  readonly settings: S; //        sections of its own, each with its default
  readonly ofMethod?: O; //       sections that an estimator's entry may have for itself
  readonly evaluation?: E; // what is measured, and how
  readonly standard: { readonly baseline: string | null; readonly estimators: string[] };
}

/**
 * The strict schemas of a kind of study: of its run, which are the type, the check and the JSON Schema, with every default; and of a file, whose
 * `seeds`, `baseline` and `estimators` have no default, as the singular forms may stand instead: `estimator: …` means `estimators: [estimator]`
 * and, unless it is named, no baseline.
 */
export function studySchemas<
  const Name extends string,
  M extends Methods,
  S extends SchemaEntries,
  E extends GenericSchema,
  O extends Record<string, GenericSchema> = Record<never, never>,
>({
  task,
  isDefault = false,
  methods,
  unnamed,
  labelOf = ({ name }) => name,
  settings,
  ofMethod = {} as O,
  evaluation = optional(strictObject({}), {}) as unknown as E,
  standard,
}: StudySections<Name, M, S, E, O>) {
  const method = pipe(
    named(methods, { label: optional(fileName()), ...ofMethod }, unnamed),
    transform((chosen) => {
      const { label, ...own } = chosen;
      return { ...own, label: label ?? labelOf(chosen) } as typeof chosen & { label: string }; // in one order, said or not
    }),
  );
  const entries = {
    task: (isDefault ? optionalTask(task) : literal(task)) as ReturnType<typeof optionalTask<Name>>,
    plugins: pluginsConfig, //                  files whose exports add methods, relative to the config
    name: optional(fileName(), 'run'), //       names the run folder
    seeds: optional(seeds, 5), //               one whole experiment each
    baseline: optional(nullable(string()), standard.baseline), // label of the method that the others are tested against
    labels: optional(record(string(), line(200))), // what methods, metrics and data sets are called in tables and pictures, by name
    backend: optional(picklist(backends), 'auto'),
    ...settings,
    estimators: optional(array(method), standard.estimators as never),
    evaluation,
  };
  const run = strictObject(entries);
  const file = strictObject({
    ...entries,
    ...beside,
    seeds: optional(seeds),
    baseline: optional(nullable(string())),
    estimators: optional(array(method)),
    estimator: optional(method),
  });
  return { run, file, isDefault };
}
