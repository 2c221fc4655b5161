import type { FitOptions } from '../click-models/index.ts';
import { decodeOptions } from '../src/decode-options.ts';
import { type Named, named } from '../src/named.ts';
import { make } from '../src/registry.ts';
import {
  array,
  type Decoded,
  type GenericSchema,
  maxValue,
  optional,
  pipe,
  positive,
  type Schema,
  type SchemaEntries,
  type StrictSchema,
  strictObject,
  transform,
  union,
} from '../src/schema.ts';
import { type BiasEstimatorEntry, biasEstimators, type EstimateBias } from './bias/index.ts';
import { counterfactual } from './counterfactual.ts';
import { type ClickModelChoice, clickModelChoice, clickModelFit, givenOption } from './fitted-click-model.ts';
import type { WeightingEntry } from './weightings/index.ts';

/** An estimator of bias as a config may name it; decoded, it is a group with a name. */
export type BiasChoice =
  | keyof typeof biasEstimators
  | readonly number[]
  | { readonly clickModel: ClickModelChoice; readonly fit?: Partial<FitOptions>; readonly given?: 'clicks-above' | 'list' }
  | { readonly name: keyof typeof biasEstimators };

/** What names an estimator of bias, of ours and of a plugin. */
type BiasRegistry = Readonly<Record<string, BiasEstimatorEntry>>;

/** An estimator of bias by name; one number per rank stands for those given, `{clickModel: …}` for what that model says. */
export const biasChoiceOf = (registry: BiasRegistry): Schema<BiasChoice> =>
  pipe(
    union([
      pipe(
        array(pipe(positive(), maxValue(1))),
        transform((examination) => ({ name: 'given', examination })),
      ),
      pipe(
        strictObject({ clickModel: clickModelChoice, fit: clickModelFit, given: givenOption }),
        transform(({ clickModel, fit, given }) => ({ name: 'click-model', model: clickModel, fit, given })),
      ),
      named(registry),
    ]),
    named(registry) as never,
  ) as unknown as Schema<BiasChoice>;

/** Of ours. */
export const biasChoice = biasChoiceOf(biasEstimators);

/** The group that a choice stands for, with every option. @throws UsageError where it is none */
export const namedBias = (choice: BiasChoice): Named<typeof biasEstimators> => decodeOptions('propensity', biasChoice, choice) as never;

/** @param choice decoded or not @throws UsageError where there is no such estimator, or its options are none of its */
export function makeBias(choice: BiasChoice, registry: BiasRegistry = biasEstimators): EstimateBias {
  return make('bias estimator', registry, decodeOptions('bias', biasChoiceOf(registry), choice) as never) as EstimateBias;
}

type Weighted = WeightingEntry<GenericSchema & { readonly entries: SchemaEntries }>;
type WithPropensity<W extends Weighted> = StrictSchema<{ readonly propensity: Schema<BiasChoice> } & W['options']['entries']>;

/** A weighting as an estimator of its own name, whose `propensity` names the estimator of bias: the truth, unless said otherwise. */
export const byPropensity = <W extends Weighted>({ description, takes, options, create }: W) => ({
  description,
  options: strictObject({ propensity: optional(biasChoice, 'oracle'), ...options.entries }) as unknown as WithPropensity<W>,
  create: ({ propensity, ...own }: Decoded<WithPropensity<W>> & { readonly propensity: BiasChoice }) =>
    counterfactual(makeBias(propensity), create(own as never), takes),
});
