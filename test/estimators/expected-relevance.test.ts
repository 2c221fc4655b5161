import { type ClickModel, clickModels } from '../../click-models/index.ts';
import { estimators, expectedRelevance, type KnownBias, type LearningInput, type LoggedClicks } from '../../estimators/index.ts';
import { redrawClicks, simulateClickLog } from '../../simulators/index.ts';
import { optimisers } from '../../src/learners/optimisers.ts';
import { listwiseSoftmax } from '../../src/losses/index.ts';
import { linear } from '../../src/models/linear.ts';
import { createRng } from '../../src/random/rng.ts';

const examination = [1, 0.5, 0.2];
const attraction = Float64Array.of(0.1, 0.9, 0.5, 0.3, 0.7, 0.2, 1, 0.4);
const querySet = {
  queryIds: ['1', '2'],
  docIds: ['1', '2', '3', '4', '1', '2', '3', '4'],
  offsets: Uint32Array.of(0, 4, 8),
  features: Float32Array.from({ length: 16 }, (_, i) => Math.sin(3 * i) + (i % 2 === 0 ? 2 * attraction[i >> 1] : 0)),
  featureCount: 2,
  labels: new Float32Array(8),
};
const scores = Float32Array.of(4, 3, 2, 1, 1, 2, 3, 4); // the last document of each list of four is cut off

const positionBased = clickModels['position-based'].create({ examination, eta: 1 }, 3);

/** A log of the click model, with all that a reference is told. */
function logged(sessions: number, seed: string, clickModel: ClickModel = positionBased): LoggedClicks {
  const policy = { positions: 3, temperature: 1, listsPerQuery: 2 };
  const { log, truth } = simulateClickLog({ querySet, scores, attraction, clickModel, sessions, ...policy }, createRng(seed));
  return { querySet, log, knownBias: { examination: truth.examination, affine: truth.affine }, knownAttraction: truth.attraction };
}

/** What a learner gives the loss at its first step, and what it ends with. */
function learnt(learn: ReturnType<typeof expectedRelevance.create>, train: LoggedClicks, steps: number) {
  let first: Float64Array | null = null;
  const input: LearningInput = {
    train,
    heldOut: null,
    randomised: null,
    production: null,
    highestGrade: 1,
    loss: {
      ...listwiseSoftmax,
      value(given, lists, gradient) {
        first ??= Float64Array.from(lists.weights);
        return listwiseSoftmax.value(given, lists, gradient);
      },
    },
    training: { steps, batchLists: 'all', maximumGradientNorm: null, l2: 0, evaluateEvery: 1, patience: null, tolerance: 0 },
    rng: createRng('learn'),
    newScorer: () => linear(2),
    newOptimiser: (count) => optimisers.sgd.create({ learningRate: 0.3, momentum: 0.9 }, count),
  };
  const { scorer } = learn(input);
  return { weights: first as unknown as Float64Array, parameters: [...(scorer?.parameters ?? [])].slice(0, 2) };
}
const oracle = estimators.ips.create({ propensity: 'oracle' });
const limit = expectedRelevance.create();

test('the weights of IPS with the true propensities are those of expected relevance in expectation', () => {
  const draws = 300;
  const fixed = logged(3000, 'log');
  const expected = learnt(limit, fixed, 1).weights;
  const seen = new Float64Array(fixed.log.queries.length); // sessions of each list
  for (const [r, list] of fixed.log.list.entries()) seen[list] += fixed.log.count[r];
  for (const [i, doc] of fixed.log.docs.entries()) expect(expected[i]).toBeCloseTo(seen[Math.floor(i / 3)] * attraction[doc], 9);
  const sums = expected.map(() => 0);
  const squares = expected.map(() => 0);
  for (let draw = 0; draw < draws; draw++) {
    const log = redrawClicks(fixed.log, positionBased, attraction, createRng(`draw/${draw}`));
    for (const [i, weight] of learnt(oracle, { ...fixed, log }, 1).weights.entries()) {
      sums[i] += weight;
      squares[i] += weight ** 2;
    }
  }
  for (const [i, weight] of expected.entries()) {
    const mean = sums[i] / draws;
    expect(Math.abs(mean - weight)).toBeLessThan(4 * Math.sqrt((squares[i] / draws - mean ** 2) / draws) + 1e-6);
  }
});

test('the ranker of IPS comes to that of expected relevance as sessions grow, with the root of their number', () => {
  const distance = (sessions: number) => {
    const distances = Array.from({ length: 6 }, (_, s) => {
      const train = logged(sessions, `grow/${s}`);
      const [a, b] = [learnt(oracle, train, 300), learnt(limit, train, 300)].map(({ parameters }) => parameters);
      return Math.hypot(a[0] - b[0], a[1] - b[1]);
    });
    return distances.reduce((total, one) => total + one, 0) / distances.length;
  };
  const [few, many] = [distance(1e3), distance(1e7)];
  expect(many).toBeLessThan(few / 30); // a factor of 100 in expectation
  expect(many).toBeLessThan(0.01);
});

test('what nobody can examine has no weight, and a log without its truth is refused', () => {
  const cascade = clickModels.cascade.create({} as never, 3);
  const certain = logged(1e4, 'cascade', cascade);
  const { weights } = learnt(limit, certain, 1);
  const { examination: examined } = (certain.knownBias as KnownBias).examination as {
    examination: Float64Array;
  } & KnownBias['examination'];
  expect(examined.some((theta) => theta === 0)).toBe(true);
  for (const [i, theta] of examined.entries()) expect(weights[i] > 0).toBe(theta > 0);
  expect(() => learnt(limit, { ...certain, knownAttraction: null }, 1)).toThrow(/needs a simulated log and its truth/);
});
