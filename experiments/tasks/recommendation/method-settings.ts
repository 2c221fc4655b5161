import type { PairTrainingOptions } from '../../../src/learners/pair-training-options.ts';
import { type GenericSchema, type SchemaEntries, safeParse } from '../../../src/schema.ts';
import { type Fault, faultsOf } from '../../../src/schema-faults.ts';
import type { Parts } from '../../parts/parts.ts';
import type { Feedback } from './feedback.ts';
import type { MethodSettings, RecommendationConfig } from './recommendation-config.ts';

type ModelName = RecommendationConfig['model']['name'];

/** The model of a method: the study's with the keys of its own, or where it names another, that with its defaults. */
export function chosenModel(
  { model }: Pick<RecommendationConfig, 'model'>,
  { model: own = {} }: MethodSettings,
): { readonly name: ModelName } {
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
