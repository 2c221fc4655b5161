import { UsageError } from '../../../src/errors.ts';
import { make } from '../../../src/registry.ts';
import type { Fault } from '../../../src/schema-faults.ts';
import type { Feedback } from './feedback.ts';
import { chosenModel } from './method-settings.ts';
import type { Lack, Prepare } from './problem.ts';
import type { RecommendationConfig } from './recommendation-config.ts';

type Worlds = Pick<Feedback, 'worlds'>;

/** What draws the problems of a config. @throws UsageError for options of the world that do not fit together */
export const prepareWorld = ({ worlds }: Worlds, { world }: RecommendationConfig): Prepare =>
  make<Readonly<Record<string, { create: (options: never) => Prepare }>>, typeof world>('world', worlds, world);

/** What the config's problems lack for certain. */
export function worldLacks({ worlds }: Worlds, { world: { name, ...options } }: RecommendationConfig): readonly Lack[] {
  return worlds[name].lacks?.(options as never) ?? [];
}

/** Options of the world that do not fit together, and what else of the config asks for what the world lacks. */
export function worldFaults(feedback: Feedback, config: RecommendationConfig): Fault[] {
  return [...optionFaults(feedback, config), ...lackFaults(feedback, config)];
}

function optionFaults(feedback: Feedback, config: RecommendationConfig): Fault[] {
  try {
    prepareWorld(feedback, config);
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return [{ path: ['world'], problem: error.message }];
  }
}

function lackFaults(feedback: Feedback, config: RecommendationConfig): Fault[] {
  const { estimators, exposure, world } = config;
  const lacks = worldLacks(feedback, config);
  const faults: Fault[] = [];
  if (lacks.includes('features')) {
    const none = `features of users or items, which the world ${world.name} does not have`;
    if (exposure?.name === 'logistic' && exposure.from === 'features')
      faults.push({ path: ['exposure'], problem: `logistic from features needs ${none}; use from: factors` });
    for (const [i, method] of estimators.entries())
      if (feedback.recommenders[method.name]?.untrained !== true && chosenModel(config, method).name === 'feature-mlp')
        faults.push({
          path: method.model?.name === undefined ? ['model'] : ['estimators', i, 'model'],
          problem: `feature-mlp needs ${none}; use matrix-factorisation`,
        });
  }
  if (lacks.includes('uniformSample') && exposure?.name === 'naive-bayes')
    faults.push({
      path: ['exposure'],
      problem:
        'naive-bayes needs a sample of uniformly random pairs, which this world does not have; set its uniformSample, or take another exposure',
    });
  return faults;
}
