import { byRank } from '../../estimators/bias/bias-estimator.ts';
import { counterfactual } from '../../estimators/counterfactual.ts';
import { dualLearning } from '../../estimators/dual-learning.ts';
import type { LearningInput } from '../../estimators/estimator.ts';
import { weightings } from '../../estimators/index.ts';
import { adagrad } from '../../src/learners/adagrad.ts';
import { adam } from '../../src/learners/adam.ts';
import { listBatches } from '../../src/learners/batches.ts';
import { scorerStepper } from '../../src/learners/ranking-learner.ts';
import { sgd } from '../../src/learners/sgd.ts';
import type { TrainingOptions } from '../../src/learners/training-options.ts';
import { losses } from '../../src/losses/index.ts';
import { type EmbeddingOptions, newEmbedding } from '../../src/models/embedding.ts';
import { createRng } from '../../src/random/rng.ts';
import { openBackend } from '../../src/tensor/backend.ts';
import { attraction, exactLog, examination } from './world.ts';

const querySet = {
  queryIds: ['p', 'q'],
  docIds: ['a', 'b', 'c', 'd', 'e', 'f'],
  offsets: Uint32Array.of(0, 3, 6),
  ...{ features: new Float32Array(0), featureCount: 0, labels: new Float32Array(6) },
};
const options: EmbeddingOptions = { of: 'query-document', table: 'own', compression: 10, dimension: null, hidden: [], activation: 'elu' };
beforeAll(() => openBackend('wasm'));

const loss = losses['listwise-softmax'].create();
const training: TrainingOptions = {
  ...{ steps: 600, batchLists: 'all', maximumGradientNorm: null, l2: 0, evaluateEvery: 5, patience: null, tolerance: 0 },
};

const inputOf = (more: object = {}): LearningInput => ({
  train: { querySet, log: exactLog(1e6), knownBias: null },
  ...{ heldOut: null, randomised: null, production: null, highestGrade: 1, loss, training },
  rng: createRng('learner'),
  newScorer: () => newEmbedding({ ...options, ...more }, 0, createRng('init'), querySet),
  newOptimiser: (count, rate = 1) => adam.create({ learningRate: 0.03 * rate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, count),
});
const learnt = (name: 'naive' | 'ips', input: LearningInput) => {
  const { create, takes } = weightings[name];
  return counterfactual(() => byRank(examination, 'given'), create(), takes)(input).rank(querySet);
};
/** Differences of the log of relevance to that of the first of a query, which a softmax of numbers of their own comes to. */
const logRatios = (of: (i: number) => number) => Array.from({ length: 6 }, (_, i) => Math.log(of(i) / of(i < 3 ? 0 : 3)));
const fromFirst = (scores: Float32Array) => Array.from(scores, (score, i) => score - scores[i < 3 ? 0 : 3]);

test('a number for each id comes to the log of its relevance under IPS, and to that of its clicks when naive', () => {
  const close = (scores: Float32Array, expected: number[]) => {
    fromFirst(scores).forEach((difference, i) => {
      expect(difference).toBeCloseTo(expected[i], 2);
    });
  };
  close(
    learnt('ips', inputOf()),
    logRatios((i) => attraction[i]),
  );
  close(
    learnt('naive', inputOf()),
    logRatios((i) => attraction[i] * examination[i % 3]),
  );
});

test.each([
  ['hidden layers', { hidden: [6], dimension: 3 }],
  ['ids by quotient and remainder, under hidden layers', { table: 'quotient-remainder', compression: 2, hidden: [6], dimension: 4 }],
])('%s: the order of relevance, which naive learning does not find', (_, more) => {
  const order = (scores: Float32Array) => [0, 3].map((start) => [0, 1, 2].sort((i, j) => scores[start + j] - scores[start + i]));
  expect(order(learnt('ips', inputOf(more)))).toEqual([
    [1, 2, 0],
    [0, 2, 1],
  ]);
  expect(order(learnt('naive', inputOf(more)))[0]).toEqual([1, 0, 2]);
});

test('dual learning takes ids too', () => {
  const chosen = { relativePropensityRate: 10, maximumWeight: null, driftFactor: 2, maximumRatio: 1000 };
  const { rank, scorer } = dualLearning.create(chosen)(inputOf());
  expect([scorer.name, rank(querySet).every(Number.isFinite)]).toEqual(['embedding', true]);
});

test.each([
  ['sgd', () => sgd.create({ learningRate: 0.5, momentum: 0.9 }, 7)],
  ['adam', () => adam.create({ learningRate: 0.5, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, 7)],
  ['adagrad', () => adagrad.create({ learningRate: 0.5, initialSum: 0, epsilon: 1e-10 }, 7)],
])('a step of %s moves the ids of its batch alone, and makes up for the penalty of steps that passed them by', (_, create) => {
  const scorer = newEmbedding(options, 0, createRng('init'), querySet);
  scorer.parameters.fill(1);
  const gradients: number[][] = [];
  const own = create();
  const optimiser = {
    name: 'seen',
    step(parameters: Float32Array, gradient: Float32Array, met?: Uint32Array) {
      gradients.push([...gradient]);
      own.step(parameters, gradient, met);
    },
  };
  const step = scorerStepper({ scorer, optimiser, maximumGradientNorm: null, l2: 0.25 });
  const lists = {
    offsets: Uint32Array.of(0, 3, 6),
    docs: Uint32Array.from({ length: 6 }, (_, d) => d),
    weights: new Float64Array(6),
    sessions: Float64Array.of(1, 1),
  };
  const batches = listBatches(querySet, lists, 1, createRng('order'));
  const flat = (_: Float32Array, slopes: Float32Array) => {
    slopes.fill(0);
    return 0;
  };
  const drawn: number[] = [];
  for (let s = 0; s < 4; s++) {
    const before = scorer.parameters.slice();
    const batch = batches.next().value;
    const list = batch.lists[0];
    drawn.push(list);
    step(batch, flat);
    const since = s - drawn.slice(0, -1).lastIndexOf(list); // steps since it was met, this one counted; of all when never
    for (let d = 0; d < 6; d++) {
      const p = 1 + d;
      const inBatch = Math.floor(d / 3) === list;
      expect(scorer.parameters[p] !== before[p]).toBe(inBatch);
      expect(gradients[s][p]).toBeCloseTo(inBatch ? 0.25 * since * before[p] : 0, 6);
    }
  }
});

test.each(['direct-method', 'doubly-robust'] as const)(
  '%s: a regression on other queries is refused where no two queries share an id',
  (name) => {
    const { create, takes } = weightings[name];
    const of = (set: typeof querySet, ids: 'query-document' | 'document') => {
      const newScorer = () => newEmbedding({ ...options, of: ids }, 0, createRng('init'), set);
      const input = { ...inputOf(), train: { querySet: set, log: exactLog(1e6), knownBias: null }, newScorer };
      return counterfactual(() => byRank(examination, 'given'), create({ clip: 0, folds: 2 }), takes)(input);
    };
    expect(() => of(querySet, 'query-document')).toThrow(/ids alone that no two queries share/);
    expect(() => of(querySet, 'document')).toThrow(/ids alone that no two queries share/); // each is of one query
    expect(() => of({ ...querySet, docIds: ['a', 'b', 'c', 'a', 'b', 'c'] }, 'document')).not.toThrow();
  },
);
