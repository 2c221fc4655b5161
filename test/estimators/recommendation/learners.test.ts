import { pairExposure } from '../../../estimators/recommendation/exposure/index.ts';
import {
  conversionRecommenders,
  explicitRecommenders,
  implicitRecommenders,
  type RecommendationInput,
  type Recommender,
} from '../../../estimators/recommendation/index.ts';
import { simulateImplicitFeedback, syntheticWorld, syntheticWorldOptions } from '../../../simulators/recommendation/index.ts';
import { rowUsers } from '../../../src/data/interactions/interaction-log.ts';
import { decodeOptions } from '../../../src/decode-options.ts';
import { UsageError } from '../../../src/errors.ts';
import { pairTrainingOptions } from '../../../src/learners/pair-training-options.ts';
import { pairLosses } from '../../../src/losses/pair-loss.ts';
import { auc } from '../../../src/metrics/auc.ts';
import { matrixFactorisation } from '../../../src/models/matrix-factorisation.ts';
import { createRng } from '../../../src/random/rng.ts';

const [U, I] = [120, 60];
const world = syntheticWorld(
  decodeOptions('world', syntheticWorldOptions, { users: U, items: I, meanRelevance: -1, meanExposure: -1, quality: 2, taste: 0.5 }),
  createRng('learners'),
);
const { log } = simulateImplicitFeedback(world, createRng('learners'));
const input = (changes: Partial<RecommendationInput> = {}): RecommendationInput => ({
  log,
  exposure: pairExposure(rowUsers(log), log, (u, i) => world.exposure[u * I + i], []),
  oracle: (u, i) => world.relevance[u * I + i],
  loss: pairLosses.log,
  target: () => 1,
  training: decodeOptions('training', pairTrainingOptions, { steps: 300, batch: 512, evaluateEvery: 25, patience: 4 }),
  rng: createRng('learn'),
  newModel: (label) =>
    matrixFactorisation(
      { dimension: 4, biases: true, initialScale: 0.1, initialBias: 0 },
      { users: U, items: I, optimiser: { name: 'adam', learningRate: 0.03, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, l2: 1e-4 },
      createRng(`init/${label}`),
    ),
  ...changes,
});
const scoresOf = ({ scores }: Recommender): Float32Array => {
  const out = new Float32Array(U * I);
  scores(
    Uint32Array.from({ length: U * I }, (_, at) => Math.floor(at / I)),
    Uint32Array.from({ length: U * I }, (_, at) => at % I),
    U * I,
    out,
  );
  return out;
};
const relevant = world.relevance.map((gamma) => Number(gamma > 0.5));

const implicit: [string, () => Recommender][] = [
  ['naive', () => implicitRecommenders.naive.create({ negativeWeight: 1 })(input())],
  ['ips', () => implicitRecommenders.ips.create({ heldOutClip: 0.01 })(input())],
  ['clipped-ips', () => implicitRecommenders['clipped-ips'].create({ clip: 0.1 })(input())],
  ['self-normalised-ips', () => implicitRecommenders['self-normalised-ips'].create()(input())],
  ['ips with squared error', () => implicitRecommenders.ips.create({ heldOutClip: 0.01 })(input({ loss: pairLosses.squared }))],
  ['bpr', () => implicitRecommenders.bpr.create()(input())],
  ['ubpr', () => implicitRecommenders.ubpr.create({ floor: 0.01 })(input())],
  [
    'expo-mf',
    () =>
      implicitRecommenders['expo-mf'].create(
        decodeOptions('expo-mf', implicitRecommenders['expo-mf'].options, { dimension: 4, iterations: 5 }),
      )(input()),
  ],
  ['ideal', () => implicitRecommenders.ideal.create()(input())],
];
test.each(implicit)('%s ranks relevant pairs above others, better than chance', (_, learn) => {
  expect(auc(scoresOf(learn()), relevant)).toBeGreaterThan(0.6);
});

test('probabilities: naive learns γθ, IPS and ideal learn γ', () => {
  const mean = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0) / values.length;
  const predicted = (learn: () => Recommender) => {
    const recommender = learn();
    return mean(scoresOf(recommender).map(recommender.predict as (score: number) => number));
  };
  const clicked = mean(world.relevance.map((gamma, at) => gamma * world.exposure[at]));
  expect(Math.abs(predicted(implicit[0][1]) / clicked - 1)).toBeLessThan(0.15);
  expect(Math.abs(predicted(implicit[8][1]) / mean(world.relevance) - 1)).toBeLessThan(0.05);
  expect(Math.abs(predicted(implicit[1][1]) / mean(world.relevance) - 1)).toBeLessThan(0.25);
});

test('the clip of the early-stopping criterion leaves the loss that is trained on as it is', () => {
  const training = { ...input().training, patience: 1000, tolerance: 0 };
  const [raw, clipped] = [0, 1].map(
    (heldOutClip) => implicitRecommenders.ips.create({ heldOutClip })(input({ training })).record?.curve ?? [],
  );
  expect(clipped.map(({ trainingLoss }) => trainingLoss)).toEqual(raw.map(({ trainingLoss }) => trainingLoss));
  expect(clipped.map(({ heldOutLoss }) => heldOutLoss)).not.toEqual(raw.map(({ heldOutLoss }) => heldOutLoss));
});

test('explicit clipped IPS: below every propensity it is IPS; above, the loss that is trained on and that of early stopping are clipped', () => {
  const of = (clip: number | null) => {
    const row = (at: number) => 0.05 + 0.9 * (at % 2);
    const changes = { exposure: { pair: () => 0.5, row, notes: [] }, target: (at: number) => (at % 3) / 2 };
    const learn = clip === null ? explicitRecommenders.ips.create() : explicitRecommenders['clipped-ips'].create({ clip });
    return learn(input(changes)).record?.curve ?? [];
  };
  expect(of(0.05)).toEqual(of(null));
  const [raw, clipped] = [of(0), of(0.3)];
  expect(clipped[0].trainingLoss).toBeLessThan(raw[0].trainingLoss);
  expect(clipped[0].heldOutLoss).not.toBe(raw[0].heldOutLoss);
});

test.each([
  ['clicks', implicitRecommenders.ideal],
  ['values', explicitRecommenders.ideal],
  ['conversions', conversionRecommenders.ideal],
])('the reference of %s is trained on everything until its loss settles, whatever early stopping is set to', (_, ideal) => {
  const learn = (changes: object) => ideal.create()(input({ training: { ...input().training, ...changes } }));
  const [one, other] = [learn({}), learn({ patience: 1, tolerance: 1, heldOutShare: 0.4 })];
  expect(one.record?.status).toMatchObject({ state: 'converged', heldOutLoss: null });
  expect(scoresOf(other)).toEqual(scoresOf(one));
  expect(learn({ steps: 2 }).record?.status).toMatchObject({ state: 'step-limit', steps: 20 });
});

test('the same input gives the same scores', () => {
  expect(scoresOf(implicit[1][1]())).toEqual(scoresOf(implicit[1][1]()));
});

test('an item unseen in training and a user without clicks have finite scores, near those of the average', () => {
  const wider = {
    ...log,
    userIds: [...log.userIds, 'new user'],
    itemIds: [...log.itemIds, 'new item'],
    offsets: Uint32Array.of(...log.offsets, log.items.length),
  };
  const rated = {
    ...wider,
    ratings: new Float32Array(log.items.length).fill(1),
    propensities: new Float64Array(log.items.length).fill(0.5),
  };
  const exposure = { pair: (_: number, item: number) => (item === I ? 0.5 : world.exposure[item]), row: () => 0.5, notes: [] };
  const newModel: RecommendationInput['newModel'] = (label) =>
    matrixFactorisation(
      { dimension: 4, biases: true, initialScale: 0.1, initialBias: 0 },
      { users: U + 1, items: I + 1, optimiser: { name: 'adam', learningRate: 0.03, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, l2: 1e-4 },
      createRng(`init/${label}`),
    );
  const explicit = explicitRecommenders.ips.create()(input({ log: rated, exposure, newModel, target: (row) => row % 2 }));
  const [own, other] = [new Float32Array(1), new Float32Array(I)];
  explicit.scores(Uint32Array.of(U), Uint32Array.of(I), 1, own);
  explicit.scores(
    new Uint32Array(I).fill(U),
    Uint32Array.from({ length: I }, (_, i) => i),
    I,
    other,
  );
  const [low, high] = [Math.min(...other), Math.max(...other)];
  expect(own[0]).toBeGreaterThanOrEqual(low - 0.3);
  expect(own[0]).toBeLessThanOrEqual(high + 0.3);
  const pairwise = implicitRecommenders.ubpr.create({ floor: 0.01 })(input({ log: wider, exposure, newModel }));
  pairwise.scores(Uint32Array.of(U), Uint32Array.of(I), 1, own);
  expect(Number.isFinite(own[0])).toBe(true);
});

test.each([
  [
    'a log without clicks',
    () => implicitRecommenders.bpr.create()(input({ log: { ...log, clicks: new Uint8Array(log.items.length) } })),
    /no click/,
  ],
  ['ideal without a truth', () => implicitRecommenders.ideal.create()(input({ oracle: null })), /needs a simulated log/],
  [
    'conversions without clicks',
    () => conversionRecommenders.naive.create()(input({ log: { ...log, clicks: new Uint8Array(log.items.length) } })),
    /no click/,
  ],
  [
    'repeated impressions',
    () => implicitRecommenders.ips.create({ heldOutClip: 0.01 })(input({ log: { ...log, repeated: true } })),
    /one row a pair/,
  ],
])('%s: a usage error', (_, run, message) => {
  expect(run).toThrow(UsageError);
  expect(run).toThrow(message);
});
