import { estimators, type Learned } from '../../../estimators/index.ts';
import type { Rng } from '../../../src/random/rng.ts';
import { lookup } from '../../../src/registry.ts';
import type { MethodStatus, PropensityCurves } from '../../engine/run-result.ts';
import { type Logs, learningInput } from './learning-input.ts';
import type { RunConfig } from './run-config.ts';

/** Trains one configured method on the logs. Every method of a seed starts from the same initial parameters. */
export function learnMethod(config: RunConfig, method: RunConfig['estimators'][number], logs: Logs, rng: Rng): Learned {
  const { name, label, ...options } = method;
  return lookup('estimator', estimators, name).create(options as never)(learningInput(config, logs, rng));
}

/** What the result says of a method's training; null where nothing was trained. */
export const methodStatus = ({ record }: Learned): MethodStatus | null => record?.status ?? null;

/** Estimated propensities beside the true ones, both relative to the first position. */
export const propensityCurves = ({ examination }: Learned, truth: Float64Array | null): PropensityCurves => ({
  estimated: examination,
  truth,
});

/** The name a method goes by in tables: its label, else its registry name. */
export const methodLabel = ({ label, name }: RunConfig['estimators'][number]): string => label ?? name;
