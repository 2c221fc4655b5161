import { type FitOptions, tellsContexts } from '../../../click-models/index.ts';
import {
  type BiasEstimatorEntry,
  type ClickModelChoice,
  type EstimatorEntry,
  givesOf,
  lossFault,
  modelToFit,
  namedBias,
  needsOf,
  suits,
  type WeightingEntry,
} from '../../../estimators/index.ts';
import { mostBytes, noRoom } from '../../../src/data/feature-room.ts';
import { UsageError } from '../../../src/errors.ts';
import { defaultLosses } from '../../../src/losses/index.ts';
import { createRng } from '../../../src/random/rng.ts';
import { lookup, make } from '../../../src/registry.ts';
import type { Fault } from '../../../src/schema-faults.ts';
import type { Parts } from '../../parts/parts.ts';
import { rankerFaults } from '../shared/ranker-faults.ts';
import { treesFaults } from '../shared/trees-faults.ts';
import type { RankingConfig } from './ranking-config.ts';
import { composed } from './ranking-methods.ts';
import { referenceFaults } from './reference-faults.ts';
import { makeClickModel } from './simulate-logs.ts';
import { unlessUnfit } from './unless-unfit.ts';

/** Faults that no single value has: what the values say together. */
export function rankingFaults(parts: Parts, config: RankingConfig, simulated: boolean): Fault[] {
  return [
    ...(simulated ? [...simulationFaults(parts, config), ...referenceFaults(parts, config)] : []),
    ...compositionFaults(parts, config, simulated),
    ...lossFaults(parts, config, simulated),
    ...fittedModelFaults(parts, config, simulated),
    ...untrainedFaults(parts, config),
    ...foldFaults(config),
    ...evaluationFaults(config, simulated),
    ...syntheticFaults(config.data),
    ...modelFaults(config),
    ...(simulated ? unseenPairs(config) : []),
    ...treesFaults(
      rankersOf(config).map(({ name }) => name),
      config.training,
    ),
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
    const { bias } = part;
    const problem = simulationProblem(parts, bias, simulation);
    if (problem !== null) return fault(part.key, problem);
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

/** An estimator of bias by name, and its options beside that. */
export type ChosenBias = { readonly name: string } & Readonly<Record<string, unknown>>;

/** The estimator of bias of a method, where the config says it, and the weighting that it is for. */
export function biasOf(parts: Parts, method: RankingConfig['estimators'][number]) {
  const part = (key: string, bias: unknown, weighting: string) => {
    const entry = (parts.weightings as Readonly<Record<string, WeightingEntry>>)[weighting];
    const { takes, byClicks = false } = entry ?? { takes: 'examination', byClicks: weighting !== 'two-tower' }; // of a plugin's own, any
    return takes === 'none' ? null : { key, bias: bias as ChosenBias, weighting, takes, byClicks };
  };
  if (method.name === composed) return part('bias', method.bias, method.weighting.name);
  if (method.name === 'two-tower')
    return method.biasTower === 'joint' ? null : part('biasTower', namedBias(method.biasTower.frozen), method.name);
  if (!('propensity' in method)) return null;
  return part('propensity', namedBias(method.propensity), 'weighting' in method ? method.weighting.name : method.name);
}

const weightingOf = ({ weightings }: Parts, name: string) => lookup<WeightingEntry>('weighting', weightings, name);

/** Weightings that cannot take what a bias estimator gives, and one whose options say nothing that can be used. */
function compositionFaults(parts: Parts, { estimators }: RankingConfig, simulated: boolean): Fault[] {
  return estimators.flatMap((method, i): Fault[] => {
    const part = biasOf(parts, method);
    if (part === null) return unusedBias(method).map((problem) => ({ path: ['estimators', i, 'bias'], problem }));
    const { key, bias, weighting, takes } = part;
    const fault = (at: string, problem: string): Fault[] => [{ path: ['estimators', i, at], problem }];
    const gives = unlessUnfit(() => givesOf(biasEntry(parts, bias.name), bias));
    if (typeof gives === 'object') return simulated ? [] : fault(key, gives.problem); // a fault of the simulation too
    if (suits(part, gives)) return [];
    const at = key === 'bias' ? 'weighting' : key;
    const able = <Entry>(entries: Readonly<Record<string, Entry>>, is: (entry: Entry) => boolean) =>
      Object.keys(entries).filter((name) => is(entries[name]));
    if (gives === 'by-click') {
      const known = able<WeightingEntry>(parts.weightings, ({ byClicks = false }) => byClicks).join(', ');
      const reader = 'what is examined depends on the clicks above, which is no number for each shown document';
      return fault(at, `${weighting} cannot correct by ${bias.name}, by which ${reader}; use ${known}`);
    }
    const known = able<BiasEstimatorEntry>(parts.biasEstimators, (other) => typeof other.gives === 'string' && suits(part, other.gives));
    const words = takes === 'affine' ? 'α and β of trust bias' : 'examination';
    return fault(at, `${weighting} corrects by ${words}, which ${bias.name} does not give; ${known.join(', ')} do`);
  });
}

/** That a weighting takes clicks as they are, beside which an estimator of bias is named: other than the oracle, which stands where none is. */
function unusedBias(method: RankingConfig['estimators'][number]): string[] {
  if (method.name !== composed || (method.bias as ChosenBias).name === 'oracle') return [];
  const { name } = method.weighting as { readonly name: string };
  return [
    `the weighting ${name} corrects by no bias, so ${(method.bias as ChosenBias).name} would be ignored; leave it out, or name a weighting that corrects, such as ips`,
  ];
}

export const biasEntry = ({ biasEstimators }: Pick<Parts, 'biasEstimators'>, name: string) =>
  lookup<BiasEstimatorEntry>('bias estimator', biasEstimators, name);

/** Losses that cannot take what a weighting weighs. */
function lossFaults(parts: Parts, config: RankingConfig, simulated: boolean): Fault[] {
  const { estimators, training } = config;
  const losses = defaultLosses(parts.losses);
  return estimators.flatMap((method, i): Fault[] => {
    const name = method.name === composed ? method.weighting.name : method.name;
    const trusted = simulated && config.simulation.clickModel.name === 'trust-bias';
    const weights =
      method.name === composed
        ? composedWeights(parts, method, trusted)
        : lookup<EstimatorEntry>('estimator', parts.estimators, name).weights;
    const loss = make('loss', parts.losses, method.loss ?? training.loss, createRng('faults'));
    const problem = lossFault(loss, weights, losses);
    return problem === null ? [] : [{ path: ['estimators', i, 'loss'], problem: `${name} ${problem}` }];
  });
}

/**
 * What the weights of a weighting ask of a loss, by an estimator of bias: by α and β they are corrections that can be below 0.
 * @param trusted whether users of a simulation trust ranks, so that the oracle has α and β too
 */
function composedWeights(parts: Parts, method: RankingConfig['estimators'][number], trusted: boolean): EstimatorEntry['weights'] {
  const { weights, takes } = weightingOf(parts, (method as { readonly weighting: { readonly name: string } }).weighting.name);
  const bias = biasOf(parts, method)?.bias;
  if (weights !== undefined || takes !== 'either' || bias === undefined) return weights;
  const gives = unlessUnfit(() => givesOf(biasEntry(parts, bias.name), bias));
  return gives === 'affine' || (gives === 'both' && (trusted || bias.name !== 'oracle')) ? 'signed' : undefined;
}

/** Click models that cannot be fitted to a log for a learner of rankings. */
function fittedModelFaults(parts: Parts, { estimators, simulation }: RankingConfig, simulated: boolean): Fault[] {
  return estimators.flatMap((method, i): Fault[] => {
    if (method.name !== 'click-model-labels') return [];
    const problem = fitProblem(parts, method.clickModel, method.fit, simulated ? simulation : null);
    return problem === null ? [] : [{ path: ['estimators', i, 'clickModel'], problem }];
  });
}

/** @param simulation null: how long the lists of the log are, and of how many contexts, is not known yet */
function fitProblem(
  parts: Parts,
  choice: ClickModelChoice,
  fit: FitOptions,
  simulation: RankingConfig['simulation'] | null,
): string | null {
  const model = unlessUnfit(() => modelToFit(choice, simulation?.positions ?? 1, fit));
  if ('problem' in model) return model.problem;
  const contexts = simulation === null ? null : contextsOf(parts, simulation);
  if (!tellsContexts(model) || contexts === null || (contexts <= model.contexts && contexts > 1) || contexts === model.contexts)
    return null;
  const own = model.contexts === 1 ? 'knows one context' : `tells ${model.contexts} contexts apart`;
  return `${model.name} ${own}, but lists of simulation.clickModel ${simulation?.clickModel.name} have ${contexts}`;
}

/** Contexts of the lists that a simulation draws; null where its click model does not suit it, which is a fault of its own. */
function contextsOf(parts: Parts, simulation: RankingConfig['simulation']): number | null {
  const model = unlessUnfit(() => makeClickModel(parts, simulation));
  return 'problem' in model ? null : model.contexts;
}

/** What a simulated log lacks for an estimator of bias. */
export function simulationProblem(parts: Parts, bias: ChosenBias, simulation: RankingConfig['simulation']): string | null {
  const { name } = bias;
  const entry = biasEntry(parts, name);
  if (name === 'click-model') {
    const problem = fitProblem(parts, bias.model as ClickModelChoice, bias.fit as FitOptions, simulation);
    if (problem !== null) return problem;
  }
  const said = unlessUnfit(() => ({ needs: needsOf(entry, bias), ranks: entry.ranks?.(bias as never) ?? Infinity }));
  if ('problem' in said) return said.problem;
  if (said.needs.includes('contexts') && contextsOf(parts, simulation) === 1)
    return `${name} tells contexts apart, and lists of simulation.clickModel ${simulation.clickModel.name} have none; set contextual-position-based`;
  if (said.ranks < simulation.positions)
    return `gives ${said.ranks} values, but simulation.positions is ${simulation.positions}; give one per position`;
  return said.needs.includes('randomised') ? randomisedProblem(name, entry, simulation) : null;
}

/** What an estimator of bias asks of randomised sessions that the simulation does not draw. */
function randomisedProblem(
  name: string,
  { interventions }: BiasEstimatorEntry,
  { randomisedSessions, intervention, positions }: RankingConfig['simulation'],
): string | null {
  if (randomisedSessions === 0) return `${name} needs simulation.randomisedSessions above 0`;
  if (interventions === undefined) return null;
  if (!interventions.includes(intervention.name))
    return `${name} learns from simulation.intervention ${interventions.join(' or ')}, but it is ${intervention.name}`;
  if (intervention.name === 'top-n' && intervention.n < positions)
    return `${name} tells nothing of ranks that are not shuffled, but simulation.intervention shuffles ${intervention.n} of ${positions} positions; give n: ${positions}, or fewer positions`;
  return null;
}

/** Options of rankers that do not go together, and layers that no memory holds. */
function modelFaults({ data: { path, synthetic }, ranker, estimators }: RankingConfig): Fault[] {
  const inputs = path === null ? synthetic.features : 1; // how many data from files have is not known yet
  const own = estimators.flatMap((method, i) =>
    method.ranker === undefined ? [] : rankerFaults(['estimators', i, 'ranker'], inputs, method.ranker),
  );
  return [...rankerFaults(['ranker'], inputs, ranker), ...own];
}

/** A ranker of pairs where the queries of the test are none of training. */
function unseenPairs({ ranker, estimators }: RankingConfig): Fault[] {
  const ofPairs = (chosen: RankingConfig['ranker']) => chosen.name === 'embedding' && chosen.of === 'query-document';
  const fault = (path: Fault['path']): Fault => ({
    path: [...path, 'of'],
    problem:
      'query-document knows pairs of the training queries, and the test has other queries; set of: document if documents have ids that queries share (synthetic ones have none), or take another ranker',
  });
  const own = estimators.flatMap((method, i) =>
    method.ranker !== undefined && ofPairs(method.ranker) ? [fault(['estimators', i, 'ranker'])] : [],
  );
  return [
    ...(ofPairs(ranker) && estimators.some((method) => trainsRanker(method) && method.ranker === undefined) ? [fault(['ranker'])] : []),
    ...own,
  ];
}

const trainsRanker = ({ name }: RankingConfig['estimators'][number]): boolean => name !== 'random' && name !== 'production';

/** Of each method that trains one. */
export const rankersOf = ({ ranker, estimators }: Pick<RankingConfig, 'ranker' | 'estimators'>): RankingConfig['ranker'][] =>
  estimators.filter(trainsRanker).map((method) => method.ranker ?? ranker);

/** Settings of methods that train no ranker of the config's, or not by its loss. */
function untrainedFaults(parts: Parts, { estimators, ranker }: RankingConfig): Fault[] {
  return estimators.flatMap((method, i): Fault[] => {
    if (trainsRanker(method)) {
      const entry = method.name === composed ? {} : lookup<EstimatorEntry>('estimator', parts.estimators, method.name);
      const { ownLoss = false, byGradient = false }: Pick<EstimatorEntry, 'ownLoss' | 'byGradient'> = entry;
      const { name } = method.ranker ?? ranker;
      const problems = {
        loss: ownLoss && method.loss !== undefined ? `${method.name} learns by a loss of its own; leave it out` : null,
        name:
          byGradient && name === 'gradient-boosted-trees'
            ? `${method.name} has no second derivatives, which ${name} need; give it another ranker`
            : null,
      };
      return Object.entries(problems).flatMap(([key, problem]) => (problem === null ? [] : [{ path: ['estimators', i, key], problem }]));
    }
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

function evaluationFaults({ evaluation, simulation }: RankingConfig, simulated: boolean): Fault[] {
  if (simulated && evaluation.safety !== null && simulation.validationSessions === 0)
    return [{ path: ['evaluation', 'safety'], problem: 'is told by held-out clicks: it needs simulation.validationSessions above 0' }];
  const twice = evaluation.metrics.find((metric, i) => evaluation.metrics.indexOf(metric) < i);
  if (twice !== undefined) return [{ path: ['evaluation', 'metrics'], problem: `"${twice}" is named twice` }];
  if (evaluation.metrics.length > 0 || evaluation.searchSessions !== null) return [];
  return [{ path: ['evaluation', 'metrics'], problem: 'must name at least one metric, or set evaluation.searchSessions' }];
}
