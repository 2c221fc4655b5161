import { biasEstimators, estimators as builtIn, type EstimatorEntry } from '../../../estimators/index.ts';
import { decodeOptions } from '../../../src/decode-options.ts';
import { lookup } from '../../../src/registry.ts';
import type { Parts } from '../../parts/parts.ts';
import type { RankingConfig } from './ranking-config.ts';
import { biasOf } from './ranking-faults.ts';
import { composed } from './ranking-methods.ts';
import { trainingConfig } from './training-config.ts';

const trees = 'gradient-boosted-trees';

/**
 * Settings other than the defaults that no method of a config reads, each with why: `training.optimiser: gradient-boosted-trees are grown, …`. No faults, as a sweep
 * may vary rankers and methods beside them.
 */
export function unusedSettings(parts: Parts, config: RankingConfig): string[] {
  const { ranker, training, estimators, simulation } = config;
  const trained = estimators.filter(({ name }) => name !== 'random' && name !== 'production');
  const standard = decodeOptions('training', trainingConfig(parts), {});
  const isSet = (key: keyof typeof standard) => JSON.stringify(training[key]) !== JSON.stringify(standard[key]);
  const rankerIsSet = ranker.name !== 'linear';
  const changed = (Object.keys(standard) as (keyof typeof standard)[]).filter(isSet);
  if (trained.length === 0)
    return [...(rankerIsSet ? ['ranker'] : []), ...changed.map((key) => `training.${key}`)].map(
      (key) => `${key}: no method here trains a ranker`,
    );
  const told: string[] = [];
  if (rankerIsSet && trained.every((method) => method.ranker !== undefined))
    told.push('ranker: every method that is trained has one of its own');
  if (isSet('loss') && trained.every((method) => method.loss !== undefined || hasOwnLoss(parts, method)))
    told.push(`training.loss: every method that is trained has a loss of its own`);
  const allTrees = trained.every((method) => (method.ranker ?? ranker).name === trees);
  if (isSet('optimiser') && allTrees && !trained.some((method) => movesByOptimiser(parts, method)))
    told.push(`training.optimiser: ${trees} are grown and move by no optimiser; ranker.learningRate shrinks each`);
  if (simulation.validationSessions === 0)
    for (const key of ['patience', 'tolerance'] as const)
      if (isSet(key)) told.push(`training.${key}: nothing is held out to stop by, as simulation.validationSessions is 0`);
  return told;
}

type Method = RankingConfig['estimators'][number];

const hasOwnLoss = (parts: Parts, { name }: Method): boolean =>
  name !== composed && lookup<EstimatorEntry>('estimator', parts.estimators, name).ownLoss === true;

/** Whether an optimiser moves something beside trees: propensities of dual learning; of what a plugin brings nobody knows. */
function movesByOptimiser(parts: Parts, method: Method): boolean {
  const bias = biasOf(parts, method)?.bias.name;
  const names = [method.name, ...(bias === undefined ? [] : [bias])];
  const known = (name: string) => name === composed || Object.hasOwn(builtIn, name) || Object.hasOwn(biasEstimators, name);
  return names.some((name) => name === 'dual-learning' || !known(name));
}
