import { type PairTrainingOptions, pairTrainingOptions } from '../../../src/learners/pair-training-options.ts';
import {
  type GenericSchema,
  optional,
  partial,
  picklist,
  pipe,
  type SchemaEntries,
  safeParse,
  strictObject,
  transform,
  union,
} from '../../../src/schema.ts';
import { type Fault, faultsOf } from '../../config/faults.ts';
import type { Parts } from '../../parts/parts.ts';
import type { Feedback } from './feedback.ts';
import type { MethodSettings, RecommendationConfig } from './recommendation-config.ts';

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

/** The options of every model, none of them required: which ones a method's model takes, {@link methodSettingFaults} knows. */
function optionsOfModels(pairModels: Parts['pairModels']): SchemaEntries {
  const all: Record<string, GenericSchema> = {};
  for (const { options } of Object.values(pairModels))
    for (const [key, schema] of Object.entries(partial(strictObject(options.entries as SchemaEntries)).entries))
      all[key] = Object.hasOwn(all, key) ? optional(union([all[key], schema])) : schema;
  return all;
}

/** The model of a method: the study's with the keys of its own, or where it names another, that with its defaults. */
function chosenModel({ model }: Pick<RecommendationConfig, 'model'>, { model: own = {} }: MethodSettings): { readonly name: ModelName } {
  const { name = model.name } = own;
  return name === model.name ? { ...model, ...own, name } : { ...own, name };
}

/** The same with every option, of a config without {@link methodSettingFaults}. */
export function modelOf(
  { pairModels }: Pick<Parts, 'pairModels'>,
  config: RecommendationConfig,
  method: MethodSettings,
): RecommendationConfig['model'] {
  const { name, ...options } = chosenModel(config, method);
  const decoded = safeParse(pairModels[name].options as GenericSchema, options);
  return { ...(decoded.output as object), name } as RecommendationConfig['model'];
}

/** The training of a method: the study's with the keys of its own. */
export const trainingOf = ({ training }: Pick<RecommendationConfig, 'training'>, { training: own }: MethodSettings): PairTrainingOptions =>
  ({ ...training, ...own }) as PairTrainingOptions; // a key of its own is there only with a value

/** Settings that a method has no use for, and keys that are none of its model's. */
export function methodSettingFaults(parts: Parts, { recommenders }: Feedback, config: RecommendationConfig): Fault[] {
  return config.estimators.flatMap((method, i): Fault[] => {
    const path = ['estimators', i];
    const useless = (['model', 'training'] as const).filter((key) => method[key] !== undefined);
    if (recommenders[method.name]?.untrained === true)
      return useless.map((key) => ({
        path: [...path, key],
        problem: `${method.name} is not trained step by step: it takes no ${key}; leave it out`,
      }));
    if (method.model === undefined) return [];
    const { name, ...options } = chosenModel(config, method);
    const { options: schema } = parts.pairModels[name] as { options: GenericSchema & { entries: SchemaEntries } };
    const strange = Object.keys(options).filter((key) => !Object.hasOwn(schema.entries, key));
    if (strange.length > 0)
      return strange.map((key) => ({
        path: [...path, 'model', key],
        problem: `is no option of ${name}; known: ${Object.keys(schema.entries).join(', ')}`,
      }));
    return faultsOf(safeParse(schema, options).issues ?? []).map((fault) => ({ ...fault, path: [...path, 'model', ...fault.path] }));
  });
}
