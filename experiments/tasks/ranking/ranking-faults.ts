import { namedBias } from '../../../estimators/index.ts';
import { mostBytes, noRoom } from '../../../src/data/feature-room.ts';
import { UsageError } from '../../../src/errors.ts';
import type { Fault } from '../../../src/schema-faults.ts';
import type { Parts } from '../../parts/parts.ts';
import { hiddenFaults } from '../shared/hidden-faults.ts';
import type { RankingConfig } from './ranking-config.ts';
import { makeClickModel } from './simulate-logs.ts';

/** Faults that no single value has: what the values say together. */
export function rankingFaults(parts: Parts, config: RankingConfig, simulated: boolean): Fault[] {
  return [
    ...(simulated ? simulationFaults(parts, config) : []),
    ...foldFaults(config),
    ...evaluationFaults(config),
    ...syntheticFaults(config.data),
    ...layerFaults(config),
  ];
}

/** What the simulated log cannot offer a method, and a click model whose values do not fit the positions. */
function simulationFaults(parts: Parts, { estimators, simulation }: RankingConfig): Fault[] {
  const faults = estimators.flatMap((estimator, i): Fault[] => {
    const fault = (key: string, problem: string) => [{ path: ['estimators', i, key], problem }];
    if (estimator.name === 'affine' && simulation.clickModel.name !== 'trust-bias')
      return fault(
        'name',
        `affine corrects trust bias, but simulation.clickModel is ${simulation.clickModel.name}; use ips, or set trust-bias`,
      );
    if (!('propensity' in estimator)) return [];
    const propensity = namedBias(estimator.propensity);
    if (propensity.name === 'randomisation' && simulation.randomisedSessions === 0)
      return fault('propensity', 'randomisation needs simulation.randomisedSessions above 0');
    if (propensity.name === 'given' && propensity.examination.length < simulation.positions)
      return fault(
        'propensity',
        `gives ${propensity.examination.length} values, but simulation.positions is ${simulation.positions}; give one per position`,
      );
    return [];
  });
  try {
    makeClickModel(parts, simulation);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    faults.push({ path: ['simulation', 'clickModel'], problem: error.message });
  }
  return faults;
}

/** Layers that no memory holds. */
function layerFaults({ data: { path, synthetic }, ranker }: RankingConfig): Fault[] {
  const inputs = path === null ? synthetic.features : 1; // how many data from files have is not known yet
  return ranker.name === 'mlp' ? hiddenFaults(['ranker'], inputs, ranker.hidden) : [];
}

/** Synthetic data that no memory holds. */
export function syntheticFaults({ path, synthetic }: Pick<RankingConfig['data'], 'path' | 'synthetic'>): Fault[] {
  const { trainQueries, validationQueries, testQueries, documentsPerQuery, features } = synthetic;
  const documents = (trainQueries + validationQueries + testQueries) * documentsPerQuery[1];
  const problem = path === null ? noRoom(documents, features, 'documents', mostBytes) : null;
  return problem === null ? [] : [{ path: ['data', 'synthetic'], problem }];
}

function foldFaults({ data: { path, folds } }: RankingConfig): Fault[] {
  const fault = (problem: string): Fault[] => [{ path: ['data', 'folds'], problem }];
  if (folds === null) return [];
  if (path === null) return fault('are folders below data.path, which is null: synthetic queries have none');
  if (folds.length < 2) return fault('must be two folders or more; of one write data.path=FOLDER/FOLD');
  const twice = folds.find((fold, f) => folds.indexOf(fold) < f);
  return twice === undefined ? [] : fault(`"${twice}" is named twice`);
}

function evaluationFaults({ evaluation }: RankingConfig): Fault[] {
  const twice = evaluation.metrics.find((metric, i) => evaluation.metrics.indexOf(metric) < i);
  if (twice !== undefined) return [{ path: ['evaluation', 'metrics'], problem: `"${twice}" is named twice` }];
  if (evaluation.metrics.length > 0 || evaluation.searchSessions !== null) return [];
  return [{ path: ['evaluation', 'metrics'], problem: 'must name at least one metric, or set evaluation.searchSessions' }];
}
