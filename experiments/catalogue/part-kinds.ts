import type { Parts } from '../parts/parts.ts';
import { learnedFault, scoresFault } from './given-faults.ts';
import type { Shape } from './plugin-shape.ts';

/** A kind of thing that a plugin can add: how people call one, where configs choose one, and what an entry has beside its description. */
export interface PartKind {
  readonly noun: string;
  readonly title: string;
  readonly needs: Readonly<Record<string, Shape>>;
  readonly reserved?: readonly string[]; // names that mean something else there
}

/** An entry that is made from decoded options. */
const made = (of: Shape, options: readonly string[] = []): PartKind['needs'] => ({ options: { options }, create: { gives: of } });
const learner = (...keys: string[]) => made({ gives: { keys } });
const recommenders = (from: string, task: string): PartKind => ({
  noun: 'recommender',
  title: `Recommenders ${from} (task: ${task}, estimators)`,
  needs: learner('scores', 'predict', 'record'),
});
const clickModel = ['name', 'definition', 'parameters', 'positions', 'contexts', 'documents', 'bias', 'walk'];

const taskKeys = 'name description run file faults methods metrics tables examples views notes findings lead progressWords prepare'.split(
  ' ',
);

/** By the name of a plugin's export. */
export const partKinds: Readonly<Record<keyof Parts | 'tasks', PartKind>> = {
  tasks: {
    noun: 'task',
    title: 'Kinds of study (task)',
    needs: { create: { gives: { keys: taskKeys } } },
  },
  estimators: {
    noun: 'estimator',
    title: 'Estimators (estimators)',
    needs: made({ gives: { keys: ['rank', 'scorer', 'examination', 'record'], fault: learnedFault, results: { rank: scoresFault } } }),
  },
  biasEstimators: {
    noun: 'bias estimator',
    title: 'Bias estimators (bias of an estimator; propensity; task: bias, estimators)',
    needs: made({ gives: { keys: ['source', 'examination', 'of'] } }),
  },
  weightings: {
    noun: 'weighting',
    title: 'Weightings (weighting of an estimator)',
    needs: made({ gives: { keys: ['train', 'heldOut', 'normaliser'] } }),
  },
  clickModels: {
    noun: 'click model',
    title: 'Click models (simulation.clickModel; task: click-models, estimators)',
    needs: made({ keys: clickModel }),
  },
  rankers: {
    noun: 'ranker',
    title: 'Rankers (ranker)',
    needs: made({ keys: ['parameters', 'score', 'lossGradient', 'architecture', 'dispose'] }),
  },
  losses: { noun: 'loss', title: 'Losses (training.loss)', needs: made({ keys: ['value'] }) },
  optimisers: { noun: 'optimiser', title: 'Optimisers (training.optimiser)', needs: made({ keys: ['step'] }, ['learningRate']) },
  metrics: {
    noun: 'metric',
    title: 'Metrics (evaluation.metrics, @k for a cutoff)',
    needs: { compute: { gives: 'Float64Array' } },
    reserved: ['num'],
  },
  implicitRecommenders: recommenders('from clicks', 'implicit-feedback'),
  explicitRecommenders: recommenders('from observed values', 'explicit-feedback'),
  conversionRecommenders: recommenders('of conversions', 'conversions'),
  exposureEstimators: { noun: 'exposure estimator', title: 'Exposure estimators (exposure)', needs: learner('pair', 'row', 'notes') },
  readers: {
    noun: 'reader',
    title: 'Interaction data (world.reader)',
    needs: { read: { promises: { keys: ['log', 'uniformTest', 'userFeatures', 'itemFeatures'] } } },
  },
  pairModels: { noun: 'model of pairs', title: 'Models of pairs (model)', needs: made({ keys: ['score', 'step', 'parameters'] }) },
};
export type PartKey = keyof typeof partKinds;
