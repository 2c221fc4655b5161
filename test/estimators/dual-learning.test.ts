import { dualLearning, type LearningInput, type LoggedClicks } from '../../estimators/index.ts';
import type { ClickLog } from '../../src/data/click-log.ts';
import type { QuerySet } from '../../src/data/query-set.ts';
import { UsageError } from '../../src/errors.ts';
import { optimisers } from '../../src/learners/optimisers.ts';
import { listMle, listwiseSoftmax, pairwiseLogistic, type RankingLoss } from '../../src/losses/index.ts';
import { scorers } from '../../src/models/scorers.ts';
import { createRng } from '../../src/random/rng.ts';

const positions = 5;
const theta = Float64Array.of(0.9, 0.6, 0.35, 0.2, 0.1);
const slope = [1.2, -0.7, 0.4];

/** Lists whose log attraction is linear in the features, so a linear ranker can state every relevance ratio. Clicks are their expectations. */
function expectedClicks(lists: number, seed: string, oneHot = false): LoggedClicks {
  const rng = createRng(seed);
  const documents = lists * positions;
  const featureCount = oneHot ? documents : slope.length;
  const features = new Float32Array(documents * featureCount);
  const clicks: number[] = [];
  for (let i = 0; i < documents; i++) {
    const x = slope.map(() => rng.next());
    if (oneHot) features[i * featureCount + i] = 1;
    else features.set(x, i * featureCount);
    const attraction = Math.exp(x.reduce((sum, value, f) => sum + slope[f] * value, -1.6));
    clicks.push(1e4 * theta[i % positions] * attraction);
  }
  const ids = Array.from({ length: documents }, (_, i) => `${i}`);
  const offsets = Uint32Array.from({ length: lists + 1 }, (_, l) => l * positions);
  const querySet: QuerySet = {
    queryIds: ids.slice(0, lists),
    docIds: ids,
    offsets,
    features,
    featureCount,
    labels: new Float32Array(documents),
  };
  // one row per document: all its clicks in sessions with no other click, as the softmax losses see only sums
  const log: ClickLog = {
    queries: Uint32Array.from({ length: lists }, (_, l) => l),
    offsets,
    docs: Uint32Array.from(ids.keys()),
    list: Uint32Array.from(ids, (_, i) => Math.floor(i / positions)),
    clickOffsets: Uint32Array.from({ length: documents + 1 }, (_, r) => r * positions),
    clicks: Uint8Array.from({ length: documents * positions }, (_, j) => Number(j % positions === Math.floor(j / positions) % positions)),
    count: Float64Array.from(clicks),
  };
  return { querySet, log, knownBias: null };
}

function input(
  train: LoggedClicks,
  heldOut: LoggedClicks | null,
  training: Partial<LearningInput['training']>,
  loss: RankingLoss = listwiseSoftmax,
): LearningInput {
  return {
    train,
    heldOut,
    randomised: null,
    production: null,
    highestGrade: 4,
    loss,
    training: {
      steps: 3000,
      batchLists: 'all',
      maximumGradientNorm: null,
      l2: 0,
      evaluateEvery: 20,
      patience: 20,
      tolerance: 0,
      ...training,
    },
    rng: createRng('dual'),
    newScorer: () => scorers.linear.create({}, train.querySet.featureCount, createRng('scorer')),
    newOptimiser: (count, relativeRate = 1) => optimisers.adam.create({ ...adamDefaults, learningRate: 0.005 * relativeRate }, count),
  };
}
const adamDefaults = { learningRate: 0.005, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 };
const learn = dualLearning.create({ relativePropensityRate: 10, maximumWeight: null, driftFactor: 2, maximumRatio: 1e4 });

test.each([listwiseSoftmax, pairwiseLogistic])(
  'where a linear ranker is right, expected clicks give back the propensities and the slope ($name)',
  (loss) => {
    const { examination, scorer, record } = learn(input(expectedClicks(60, 'train'), expectedClicks(60, 'held out'), {}, loss));
    expect(record?.status.state).not.toBe('propensities-drifted');
    theta.forEach((value, k) => {
      expect((examination as Float64Array)[k] / (value / theta[0])).toBeCloseTo(1, 1.5);
    });
    slope.forEach((value, f) => {
      expect(Math.abs((scorer?.parameters[f] as number) - value)).toBeLessThan(0.05);
    });
  },
);

test('an over-flexible ranker (a parameter per document) is stopped: what it learnt says nothing of held-out clicks', () => {
  const { record } = learn(input(expectedClicks(40, 'train', true), expectedClicks(40, 'held out', true), { steps: 3000, patience: 10 }));
  expect(['propensities-drifted', 'early-stopped']).toContain(record?.status.state);
  expect(record?.status.steps).toBeLessThan(3000);
});

test.each([
  ['falls', 0, 4],
  ['rises', 4, 0],
])('a propensity that %s beyond the bound ends training', (_, first, last) => {
  const seen = expectedClicks(60, 'train');
  const reordered = (k: number) => (k === 0 ? first : k === 4 ? last : k);
  const count = seen.log.count.map((_count, i, all) => all[i - (i % positions) + reordered(i % positions)]);
  const bounded = dualLearning.create({ relativePropensityRate: 10, maximumWeight: null, driftFactor: 1e9, maximumRatio: 3 });
  const { record } = bounded(input({ ...seen, log: { ...seen.log, count } }, null, {}));
  expect(record?.status.state).toBe('propensities-drifted');
  const [, reached] =
    /propensity of rank \d over that of rank 1 reached (\S+), beyond a factor of 3/.exec(record?.status.message ?? '') ?? [];
  if (first < last) expect(Number(reached)).toBeLessThan(1 / 3);
  else expect(Number(reached)).toBeGreaterThan(3);
});

test('propensities that move while held-out clicks are predicted no better count as drift', () => {
  const strict = dualLearning.create({ relativePropensityRate: 10, maximumWeight: null, driftFactor: 1.0001, maximumRatio: 1e9 });
  const { record } = strict(input(expectedClicks(40, 'train', true), expectedClicks(40, 'held out', true), { steps: 3000, patience: 10 }));
  expect(record?.status.state).toBe('propensities-drifted');
  expect(record?.status.message).toMatch(/propensity of rank \d over that of rank 1 moved by a factor of .* while held-out clicks/);
});

test('a loss whose scores tell no ratios of relevance is refused', () => {
  expect(() => learn(input(expectedClicks(20, 'train'), null, {}, listMle))).toThrow(
    new UsageError(
      'dual-learning learns from ratios of relevance, and scores of the loss list-mle tell none: use listwise-softmax or pairwise-logistic or pointwise-sigmoid',
    ),
  );
});
