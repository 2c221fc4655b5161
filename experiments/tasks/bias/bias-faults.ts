import { type BiasEstimatorEntry, type BiasNeed, givesOf, needsOf } from '../../../estimators/index.ts';
import { UsageError } from '../../../src/errors.ts';
import type { Fault } from '../../../src/schema-faults.ts';
import type { Parts } from '../../parts/parts.ts';
import { biasEntry, type ChosenBias, simulationProblem, syntheticFaults } from '../ranking/ranking-faults.ts';
import { makeClickModel } from '../ranking/simulate-logs.ts';
import { unlessUnfit } from '../ranking/unless-unfit.ts';
import { rankerFaults } from '../shared/ranker-faults.ts';
import { treesFaults } from '../shared/trees-faults.ts';
import type { BiasConfig } from './bias-config.ts';

type Recorded = NonNullable<BiasConfig['log']>;

/** What a recorded log lacks for an estimator, with the way out; null where it has all. @param options those that are left out are the defaults */
export function lackOf({ log, data }: BiasConfig, needs: BiasEstimatorEntry['needs'], options: object = {}): string | null {
  const faults = needsOf({ needs }, options).map((need) => log && missing[need](log, data));
  return faults.find((fault) => fault !== null) ?? null;
}

/** What a log must have for an estimator, and what to do where it has not. */
const missing: Readonly<Record<BiasNeed, (log: Recorded, data: BiasConfig['data']) => string | null>> = {
  truth: () => 'knows the truth of a simulated log only; leave it out, or set log: null',
  randomised: ({ randomised, randomisedPolicy }) =>
    randomised === null && randomisedPolicy === null
      ? 'needs sessions shown in random order: name them in log.randomised, or their policy in log.randomisedPolicy (estimate-bias: --randomised-log, --randomised-policy)'
      : null,
  features: (_, { path }) =>
    path === null ? 'learns relevance from features: name the data that the log is of in data.path (estimate-bias: --features)' : null,
  contexts: ({ context }) =>
    context === null ? 'tells contexts apart: name their column in log.context (estimate-bias: --context)' : null,
};

/** Faults that no single value has: what the values say together. */
export function biasFaults(parts: Parts, config: BiasConfig): Fault[] {
  const { log, data, simulation, ranker } = config;
  const methods = config.estimators.flatMap((method, i): Fault[] => {
    const problem = methodProblem(parts, config, method as ChosenBias);
    return problem === null ? [] : [{ path: ['estimators', i, 'name'], problem }];
  });
  const folds: Fault[] =
    data.folds === null
      ? []
      : [{ path: ['data', 'folds'], problem: 'are for rankers; name one of them: data.path=FOLDER/FOLD data.folds=null' }];
  return [
    ...methods,
    ...rankerFaults(['ranker'], data.path === null ? data.synthetic.features : 1, ranker),
    ...treesFaults([ranker.name], config.training),
    ...folds,
    ...logFaults(config),
    ...(log === null ? [...syntheticFaults(data), ...userFaults(parts, simulation)] : []),
  ];
}

/** Settings of a log that are none of one with data. */
function logFaults({ log, data }: BiasConfig): Fault[] {
  if (log === null) return [];
  const fault = (key: string, problem: string): Fault => ({ path: ['log', key], problem: `${problem}; leave it out` });
  const twice = log.randomised !== null && log.randomisedPolicy !== null;
  if (twice) return [fault('randomisedPolicy', 'says which lists of the log were in random order, and log.randomised names other ones')];
  if (data.path === null) return [];
  return [
    ...(log.format === null ? [] : [fault('format', 'is of logs without data: with data.path the ending of the file tells its form')]),
    ...(log.skipFaulty ? [fault('skipFaulty', 'is of logs without data: with data.path every row must be right')] : []),
  ];
}

function methodProblem(parts: Parts, config: BiasConfig, method: ChosenBias): string | null {
  if (config.log === null) return simulationProblem(parts, method, config.simulation as never);
  const entry = biasEntry(parts, method.name);
  const said = unlessUnfit(() => [lackOf(config, entry.needs, method), givesOf(entry, method)] as const);
  if ('problem' in said) return said.problem;
  return said[0] === null ? null : `${method.name} ${said[0]}`;
}

function userFaults(parts: Parts, simulation: BiasConfig['simulation']): Fault[] {
  try {
    makeClickModel(parts, simulation);
    return [];
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    return [{ path: ['simulation', 'clickModel'], problem: error.message }];
  }
}
