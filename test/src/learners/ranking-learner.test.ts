import { listBatches, wholeBatch } from '../../../src/learners/batches.ts';
import { type Normaliser, rankingLearner, scorerStepper } from '../../../src/learners/ranking-learner.ts';
import { sgd } from '../../../src/learners/sgd.ts';
import { scoresShown } from '../../../src/learners/shown-documents.ts';
import { listwiseSoftmax } from '../../../src/losses/index.ts';
import { linear } from '../../../src/models/linear.ts';
import { createRng } from '../../../src/random/rng.ts';

const querySet = {
  queryIds: ['1', '2'],
  docIds: ['1', '2', '1', '2'],
  offsets: Uint32Array.of(0, 2, 4),
  features: Float32Array.of(1, 0, 0, 1, 1, 1, 0, 0),
  featureCount: 2,
  labels: new Float32Array(4),
};
const lists = {
  offsets: querySet.offsets,
  docs: Uint32Array.of(0, 1, 2, 3),
  weights: Float64Array.of(3, 1, 0, 4),
  sessions: Float64Array.of(10, 30),
};

test.each<[Normaliser, number]>([
  ['sessions', 40],
  ['weights', 8],
])('a step of SGD goes down the gradient of loss / Σ %s + l2/2 · ‖w‖²', (normaliser, divisor) => {
  const scorer = linear(2);
  scorer.parameters.set([0.5, 0.5, 0]); // all documents of list 1 score alike, those of list 2 by 1
  const loss = listwiseSoftmax;
  const optimiser = sgd.create({ learningRate: 0.1, momentum: 0 }, 3);
  const learner = rankingLearner({ scorer, loss, optimiser, normaliser, maximumGradientNorm: null, l2: 0.2 }, null);
  learner.step(wholeBatch(querySet, lists));
  const first = 1 / (1 + Math.exp(-1)); // softmax of the better document of list 2
  // ∂/∂s = softmax · Σw − w: list 1 (½·4 − 3, ½·4 − 1) = (−1, 1), list 2 (4 · first, 4 · (1 − first) − 4)
  const gradient = [(-1 + 4 * first) / divisor + 0.2 * 0.5, (1 + 4 * first) / divisor + 0.2 * 0.5];
  gradient.forEach((slope, f) => {
    expect(scorer.parameters[f]).toBeCloseTo(0.5 - 0.1 * slope, 6);
  });
});

test('lists that share documents: each is in a batch once, and a step and a held-out loss are those of the lists written out', () => {
  const shared = {
    offsets: Uint32Array.of(0, 3, 5, 7), // documents 2 0 3 | 0 2 | 3 0
    docs: Uint32Array.of(2, 0, 3, 0, 2, 3, 0),
    weights: Float64Array.of(1, 2, 0, 3, 0.5, 4, 0),
    sessions: Float64Array.of(5, 2, 3),
  };
  const batch = wholeBatch(querySet, shared);
  expect([...batch.features]).toEqual([1, 1, 1, 0, 0, 0]);
  expect([...batch.rows]).toEqual([0, 1, 2, 1, 0, 2, 1]);
  const features = [...shared.docs].flatMap((doc) => [...querySet.features.subarray(2 * doc, 2 * doc + 2)]);
  const writtenOut = {
    ...shared,
    features: Float32Array.from(features),
    rows: Uint32Array.from(shared.docs.keys()),
    lists: Uint32Array.from(shared.sessions.keys()),
  };
  const [one, other] = [batch, writtenOut].map((of) => {
    const scorer = linear(2);
    const optimiser = sgd.create({ learningRate: 0.3, momentum: 0 }, 3);
    const training = {
      scorer,
      loss: listwiseSoftmax,
      optimiser,
      normaliser: 'sessions',
      maximumGradientNorm: null,
      l2: 0,
    } as const;
    const learner = rankingLearner(training, of);
    const trained = [1, 2, 3].map(() => learner.step(of));
    return [...trained, learner.heldOutLoss() ?? Number.NaN, ...scorer.parameters];
  });
  for (const [i, value] of one.entries()) expect(value).toBeCloseTo(other[i], 6);
  expect(one[0]).not.toBeCloseTo(one[2], 3);
});

test('a list-aware scorer is given all candidates of the queries of a batch, once, and the documents shown are found in them', () => {
  const three = { ...querySet, docIds: [], offsets: Uint32Array.of(0, 1, 2, 4) };
  const shown = {
    offsets: Uint32Array.of(0, 1, 2, 3),
    docs: Uint32Array.of(3, 0, 2), // of the third query, the first, the third again
    weights: Float64Array.of(1, 2, 4),
    sessions: Float64Array.of(1, 1, 1),
  };
  const given: unknown[] = [];
  const own = linear(2);
  const scorer = {
    ...own,
    listAware: true,
    score: (features: Float32Array, offsets?: Uint32Array) => {
      given.push([...features], [...(offsets ?? [])]);
      return own.score(features);
    },
  };
  scorer.parameters.set([1, 10, 0]);
  const batch = wholeBatch(three, shown);
  expect([...scoresShown(scorer, batch)]).toEqual([0, 1, 11]);
  expect(given).toEqual([
    [1, 1, 0, 0, 1, 0],
    [0, 2, 3],
  ]);
  const gradient = new Float32Array(3);
  const optimiser = { name: 'look', step: (_: Float32Array, slopes: Float32Array) => gradient.set(slopes) };
  const step = scorerStepper({ scorer, optimiser, maximumGradientNorm: null, l2: 0 });
  step(batch, (scores, slopes) => {
    expect([...scores]).toEqual([0, 1, 11]);
    slopes.set([2, 3, 5]);
    return 0;
  });
  expect([...gradient]).toEqual([3 + 5, 5, 2 + 3 + 5]); // Σ slope · features of what was shown, as many as there are rows
});

test('an epoch of batches holds every list once, the last batch what is left', () => {
  const many = {
    offsets: Uint32Array.from({ length: 8 }, (_, l) => l),
    docs: Uint32Array.from({ length: 7 }, (_, d) => d % 4),
    weights: Float64Array.from({ length: 7 }, (_, d) => d),
    sessions: new Float64Array(7).fill(1),
  };
  const batches = listBatches(querySet, many, 3, createRng('epochs'));
  for (let epoch = 0; epoch < 3; epoch++) {
    const weights = [3, 3, 1].flatMap((size) => {
      const batch = batches.next().value;
      expect(batch.sessions).toHaveLength(size);
      return [...batch.weights];
    });
    expect(weights.sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  }
});
