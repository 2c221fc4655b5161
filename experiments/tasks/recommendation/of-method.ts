import { pairTrainingOptions } from '../../../src/learners/pair-training-options.ts';
import {
  type GenericSchema,
  optional,
  partial,
  picklist,
  pipe,
  type SchemaEntries,
  strictObject,
  transform,
  union,
} from '../../../src/schema.ts';
import type { Parts } from '../../parts/parts.ts';

type ModelName = keyof Parts['pairModels'];

/** What an estimator's entry may say of its own model and training: the keys that it has take the place of the study's. */
export const ofMethod = ({ pairModels }: Pick<Parts, 'pairModels'>) => {
  const name = picklist(Object.keys(pairModels) as ModelName[]);
  const model = pipe(
    union([name, strictObject({ name: optional(name), ...optionsOfModels(pairModels) })]),
    transform((value) => (typeof value === 'string' ? { name: value } : value)),
  );
  return { model: optional(model), training: optional(partial(pairTrainingOptions)) };
};

/** The options of every model, none of them required: which ones a method's model takes, `methodSettingFaults` knows. */
function optionsOfModels(pairModels: Parts['pairModels']): SchemaEntries {
  const all: Record<string, GenericSchema> = {};
  for (const { options } of Object.values(pairModels))
    for (const [key, schema] of Object.entries(partial(strictObject(options.entries as SchemaEntries)).entries))
      all[key] = Object.hasOwn(all, key) ? optional(union([all[key], schema])) : schema;
  return all;
}
