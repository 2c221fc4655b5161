import {
  type BiasEstimatorEntry,
  type ClickModelChoice,
  type EstimatorEntry,
  lossFault,
  modelToFit,
  namedBias,
  type WeightingEntry,
} from '../../../estimators/index.ts';
import { mostBytes, noRoom } from '../../../src/data/feature-room.ts';
import { UsageError } from '../../../src/errors.ts';
import { lookup } from '../../../src/registry.ts';
import type { Fault } from '../../../src/schema-faults.ts';
import type { Parts } from '../../parts/parts.ts';
import { hiddenFaults } from '../shared/hidden-faults.ts';
import type { RankingConfig } from './ranking-config.ts';
import { composed } from './ranking-methods.ts';
import { makeClickModel } from './simulate-logs.ts';

/** Faults that no single value has: what the values say together. */
export function rankingFaults(parts: Parts, config: RankingConfig, simulated: boolean): Fault[] {
  return [
    ...(simulated ? simulationFaults(parts, config) : []),
    ...compositionFaults(parts, config),
    ...lossFaults(parts, config),
    ...fittedModelFaults(parts, config, simulated),
    ...untrainedFaults(config),
    ...foldFaults(config),
    ...evaluationFaults(config),
    ...syntheticFaults(config.data),
    ...layerFaults(config),
  ];
}

/** What the simulated log cannot offer a method, and a click model whose values do not fit the positions. */
function simulationFaults(parts: Parts, { estimators, simulation }: RankingConfig): Fault[] {
  const affine = simulation.clickModel.name === 'trust-bias';
  const faults = estimators.flatMap((estimator, i): Fault[] => {
    const fault = (key: string, problem: string) => [{ path: ['estimators', i, key], problem }];
    if (estimator.name === 'affine' && !affine)
      return fault(
        'name',
        `affine corrects trust bias, but simulation.clickModel is ${simulation.clickModel.name}; use ips, or set trust-bias`,
      );
    const part = biasOf(parts, estimator);
    if (part === null) return [];
    const bias = part.bias as { readonly name: string; readonly examination?: readonly number[] };
    const problem = randomisedProblem(parts, bias.name, simulation);
    if (problem !== null) return fault(part.key, problem);
    if (bias.name === 'given' && bias.examination !== undefined && bias.examination.length < simulation.positions)
      return fault(
        part.key,
        `gives ${bias.examination.length} values, but simulation.positions is ${simulation.positions}; give one per position`,
      );
    if (bias.name === 'oracle' && part.takes === 'affine' && !affine)
      return fault(
        part.key,
        `of ${simulation.clickModel.name} clicks has no α and β to correct by; use ips, or set simulation.clickModel=trust-bias`,
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

/** The estimator of bias of a method, where the config says it, and what it is for. */
function biasOf(parts: Parts, method: RankingConfig['estimators'][number]) {
  if (method.name === composed)
    return { key: 'bias', bias: namedBias(method.bias), takes: weightingOf(parts, method.weighting.name).takes };
  return 'propensity' in method ? { key: 'propensity', bias: namedBias(method.propensity), takes: 'examination' as const } : null;
}

const weightingOf = ({ weightings }: Parts, name: string) => lookup<WeightingEntry>('weighting', weightings, name);

/** Weightings that cannot take what a bias estimator gives. */
function compositionFaults(parts: Parts, { estimators }: RankingConfig): Fault[] {
  return estimators.flatMap((method, i): Fault[] => {
    if (method.name !== composed) return [];
    const { takes } = weightingOf(parts, method.weighting.name);
    const { name } = method.bias as { readonly name: string };
    const { gives } = lookup<BiasEstimatorEntry>('bias estimator', parts.biasEstimators, name);
    if (takes === 'none' || takes === 'either' || gives === 'both' || gives === takes) return [];
    const others = Object.entries<BiasEstimatorEntry>(parts.biasEstimators).filter(
      ([, other]) => other.gives === takes || other.gives === 'both',
    );
    const known = others.map(([other]) => other).join(', ');
    const words = { affine: 'α and β of trust bias', examination: 'examination' };
    return [
      {
        path: ['estimators', i, 'weighting'],
        problem: `${method.weighting.name} corrects by ${words[takes]}, which ${name} does not give; ${known} do`,
      },
    ];
  });
}

/** Losses that cannot take what a weighting weighs. */
function lossFaults(parts: Parts, { estimators, training }: RankingConfig): Fault[] {
  const losses = Object.values(parts.losses).map((entry) => entry.loss);
  return estimators.flatMap((method, i): Fault[] => {
    const name = method.name === composed ? method.weighting.name : method.name;
    const { weights } = method.name === composed ? weightingOf(parts, name) : lookup<EstimatorEntry>('estimator', parts.estimators, name);
    const { loss } = lookup('loss', parts.losses, method.loss ?? training.loss);
    const problem = lossFault(loss, weights, losses);
    return problem === null ? [] : [{ path: ['estimators', i, 'loss'], problem: `${name} ${problem}` }];
  });
}

/** Click models that cannot be fitted to a log for a learner of rankings. */
function fittedModelFaults(parts: Parts, { estimators, simulation }: RankingConfig, simulated: boolean): Fault[] {
  return estimators.flatMap((estimator, i): Fault[] => {
    const part = biasOf(parts, estimator);
    const bias = part?.bias as { readonly name: string; readonly model?: ClickModelChoice } | undefined;
    const labels = estimator.name === 'click-model-labels' ? estimator.clickModel : undefined;
    const choice = bias?.name === 'click-model' ? bias.model : labels;
    if (choice === undefined) return [];
    try {
      modelToFit(choice, simulated ? simulation.positions : 1); // how long the lists of a log are is not known yet
      return [];
    } catch (error) {
      if (!(error instanceof UsageError)) throw error;
      return [{ path: ['estimators', i, part?.key ?? 'clickModel'], problem: error.message }];
    }
  });
}

/** What an estimator of bias asks of randomised sessions that the simulation does not draw. */
function randomisedProblem(
  { biasEstimators }: Parts,
  name: string,
  { randomisedSessions, intervention, positions }: RankingConfig['simulation'],
): string | null {
  const { needs, interventions } = lookup<BiasEstimatorEntry>('bias estimator', biasEstimators, name);
  if (!needs.includes('randomised')) return null;
  if (randomisedSessions === 0) return `${name} needs simulation.randomisedSessions above 0`;
  if (interventions === undefined) return null;
  if (!interventions.includes(intervention.name))
    return `${name} learns from simulation.intervention ${interventions.join(' or ')}, but it is ${intervention.name}`;
  if (intervention.name === 'top-n' && intervention.n < positions)
    return `${name} tells nothing of ranks that are not shuffled, but simulation.intervention shuffles ${intervention.n} of ${positions} positions; give n: ${positions}, or fewer positions`;
  return null;
}

/** Layers that no memory holds. */
function layerFaults({ data: { path, synthetic }, ranker, estimators }: RankingConfig): Fault[] {
  const inputs = path === null ? synthetic.features : 1; // how many data from files have is not known yet
  const ofRanker = (at: Fault['path'], chosen: RankingConfig['ranker'] | undefined) =>
    chosen?.name === 'mlp' ? hiddenFaults(at, inputs, chosen.hidden) : [];
  return [...ofRanker(['ranker'], ranker), ...estimators.flatMap((method, i) => ofRanker(['estimators', i, 'ranker'], method.ranker))];
}

/** Settings of methods that train no ranker of the config's. */
function untrainedFaults({ estimators }: RankingConfig): Fault[] {
  return estimators.flatMap((method, i): Fault[] => {
    if (method.name !== 'random' && method.name !== 'production') return [];
    const useless = (['ranker', 'loss'] as const).filter((key) => method[key] !== undefined);
    return useless.map((key) => ({
      path: ['estimators', i, key],
      problem: `${method.name} trains no ranker: it takes no ${key}; leave it out`,
    }));
  });
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
