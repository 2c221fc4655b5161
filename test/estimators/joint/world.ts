import type { LearningInput, LoggedClicks } from '../../../estimators/index.ts';
import { ClickLogBuilder } from '../../../src/data/click-log-builder.ts';
import type { QuerySet } from '../../../src/data/query-set.ts';
import { optimisers } from '../../../src/learners/optimisers.ts';
import { listwiseSoftmax } from '../../../src/losses/index.ts';
import { linear } from '../../../src/models/linear.ts';
import { permutation } from '../../../src/random/permutation.ts';
import { createRng } from '../../../src/random/rng.ts';

export const slope = [1.5, -1, 0.8];
export const positions = 4;
const documents = 6; // of a query

export interface World {
  readonly queries?: number;
  readonly lists?: number; //    of a query
  readonly sessions?: number; // of the log
  readonly seed?: string;
  /** log-odds of relevance of a document by its features. */
  readonly relevance?: (x: ArrayLike<number>) => number;
  /** P(click) at rank k, 0-based, of a document by the log-odds of its relevance. */
  readonly click: (k: number, logit: number) => number;
  /** How strongly lists are ordered by relevance: 0 not at all. */
  readonly production?: number;
}

export const linearly = (x: ArrayLike<number>): number => slope.reduce((sum, w, f) => sum + w * x[f], -0.8);

/** A log without noise: every list with all its click patterns, each as often as independent clicks come to in expectation. */
export function exactClicks(world: World): LoggedClicks & { readonly logits: Float64Array } {
  const { queries = 15, lists = 4, sessions = 1e9, seed = 'world', relevance = linearly, click, production = 0 } = world;
  const rng = createRng(seed);
  const D = queries * documents;
  const features = Float32Array.from({ length: D * slope.length }, () => 2 * rng.double() - 1);
  const logits = Float64Array.from({ length: D }, (_, d) => relevance(features.subarray(d * slope.length, (d + 1) * slope.length)));
  const builder = new ClickLogBuilder();
  for (let q = 0; q < queries; q++)
    for (let l = 0; l < lists; l++) {
      const own = Array.from(permutation(documents, rng), (d) => q * documents + d).map((d, place) => ({
        d,
        key: production * logits[d] - place,
      }));
      const docs = own.sort((a, b) => b.key - a.key).slice(0, positions);
      const list = builder.addList(
        q,
        docs.map(({ d }) => d),
      );
      const p = docs.map(({ d }, k) => click(k, logits[d]));
      for (let pattern = 0; pattern < 2 ** positions; pattern++) {
        const clicks = p.map((_, k) => (pattern >> k) & 1);
        const chance = p.reduce((product, one, k) => product * (clicks[k] === 1 ? one : 1 - one), 1);
        builder.addRow(list, clicks, (sessions / (queries * lists)) * chance);
      }
    }
  const ids = Array.from({ length: D }, (_, d) => `${d}`);
  const querySet: QuerySet = {
    queryIds: ids.slice(0, queries),
    docIds: ids,
    offsets: Uint32Array.from({ length: queries + 1 }, (_, q) => q * documents),
    features,
    featureCount: slope.length,
    labels: new Float32Array(D),
  };
  return { querySet, log: builder.build(), knownBias: null, logits };
}

/** One query of three documents, a feature for each. */
export const threeDocuments: QuerySet = {
  queryIds: ['1'],
  docIds: ['1', '2', '3'],
  offsets: Uint32Array.of(0, 3),
  features: Float32Array.of(1, 0, 0, 0, 1, 0, 0, 0, 1),
  featureCount: 3,
  labels: new Float32Array(3),
};

/** What a learner gets: a linear ranker, Adam, no early stopping unless something is held out. */
export function inputOf(
  train: LoggedClicks,
  training: Partial<LearningInput['training']> = {},
  more: Partial<LearningInput> = {},
): LearningInput {
  const options = { beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
  return {
    train,
    heldOut: null,
    randomised: null,
    production: null,
    highestGrade: 4,
    loss: listwiseSoftmax,
    training: {
      steps: 1500,
      batchLists: 'all',
      maximumGradientNorm: null,
      l2: 0,
      evaluateEvery: 100,
      patience: null,
      tolerance: 0,
      ...training,
    },
    rng: createRng('joint'),
    newScorer: () => linear(train.querySet.featureCount),
    newOptimiser: (count, rate = 1) => optimisers.adam.create({ ...options, learningRate: 0.01 * rate }, count),
    ...more,
  };
}

/** Steps of plain gradient descent. */
export const plainSteps: LearningInput['newOptimiser'] = (count, rate = 1) =>
  optimisers.sgd.create({ learningRate: 0.1 * rate, momentum: 0 }, count);

/** max |a/b − 1| */
export const worstRatio = (found: ArrayLike<number>, true_: ArrayLike<number>): number =>
  Math.max(...Array.from(found, (value, k) => Math.abs(value / true_[k] - 1)));

/** (f(x + h) − f(x − h))/2h for every x_i in turn. */
export function numericSlopes(values: readonly number[], f: (values: number[]) => number, h = 1e-5): number[] {
  return values.map((_, i) => {
    const at = (step: number) => f(values.map((value, j) => value + (j === i ? step : 0)));
    return (at(h) - at(-h)) / (2 * h);
  });
}
