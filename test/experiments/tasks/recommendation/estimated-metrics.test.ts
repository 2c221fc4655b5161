import { estimableMetrics, parseEstimatedMetric } from '../../../../estimators/recommendation/estimable-metrics.ts';
import {
  estimateMetric,
  type HeldOutObservations,
  heldOutClicks,
  heldOutValues,
} from '../../../../estimators/recommendation/estimated-metrics.ts';
import {
  type Exposure,
  explicitRecommenders,
  implicitRecommenders,
  type OfPair,
  type RecommendationInput,
} from '../../../../estimators/recommendation/index.ts';
import { parseRecommendationMetric } from '../../../../estimators/recommendation/recommendation-metrics.ts';
import { builtInParts } from '../../../../experiments/parts/parts.ts';
import { meansOf } from '../../../../experiments/tables/run-result.ts';
import { isPooled } from '../../../../experiments/tables/study-description.ts';
import { explicitWorlds } from '../../../../experiments/tasks/explicit-feedback/explicit-worlds.ts';
import { implicitWorlds } from '../../../../experiments/tasks/implicit-feedback/implicit-worlds.ts';
import { describeMetric } from '../../../../experiments/tasks/recommendation/describe-metric.ts';
import type { RecommendationProblem } from '../../../../experiments/tasks/recommendation/problem.ts';
import { decodeOptions } from '../../../../src/decode-options.ts';
import { UsageError } from '../../../../src/errors.ts';
import { pairTrainingOptions } from '../../../../src/learners/pair-training-options.ts';
import { pairLosses } from '../../../../src/losses/pair-loss.ts';
import { pooledDebiasedMetric, rankWorth } from '../../../../src/metrics/debiased-metric.ts';
import { createRng } from '../../../../src/random/rng.ts';
import { temporaryFolder } from '../../../src/data/temporary-folder.ts';
import { decode, run } from './decode-and-run.ts';

const { synthetic } = implicitWorlds(builtInParts);
const { 'self-selected-ratings': selfSelected } = explicitWorlds(builtInParts);
const [U, I] = [150, 25];
const score: OfPair = (user, item) => Math.sin(3 * item + user) + 0.1 * (item % 7);
const scoresOf = ({ users, items }: HeldOutObservations, by = score) => Float32Array.from(users, (u, at) => by(u, items[at]));
const names = [
  ...['snips-dcg@5', 'snips-recall@3', 'snips-saito-dcg@4', 'snips-average-precision@5', 'snips-auc'],
  ...['dr-dcg@5', 'dr-average-precision@5', 'dr-auc'],
];
const metric = (name: string) => parseEstimatedMetric(name) as NonNullable<ReturnType<typeof parseEstimatedMetric>>;

/** What is estimated: the metric of the pairs with the truth for labels. */
const truthOf = (pairs: HeldOutObservations, value: OfPair, name: string, by = score) => {
  const { name: of, cutoff } = metric(name);
  const labels = Float64Array.from(pairs.users, (u, at) => value(u, pairs.items[at]));
  return estimableMetrics[of].compute(scoresOf(pairs, by), pairs, labels, cutoff);
};

/** Mean of estimate − truth over draws, in standard errors, and as it is. */
async function gap(
  draw: (seed: string) => Promise<{ problem: RecommendationProblem; pairs: HeldOutObservations }>,
  name: string,
  draws: number,
  byOf: (problem: RecommendationProblem) => OfPair = () => score,
) {
  const gaps: number[] = [];
  for (let k = 0; k < draws; k++) {
    const { problem, pairs } = await draw(`${name}/${k}`);
    const by = byOf(problem);
    gaps.push(estimateMetric(metric(name), pairs, scoresOf(pairs, by)) - truthOf(pairs, problem.oracle as OfPair, name, by));
  }
  const mean = gaps.reduce((a, b) => a + b, 0) / draws;
  return { mean, error: Math.sqrt(gaps.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (draws - 1) / draws) };
}
const truth = ({ known }: RecommendationProblem) => known as Exposure;
const byExposure = (problem: RecommendationProblem) => truth(problem).pair;
const sameForAll: Exposure = { pair: () => 0.3, row: () => 0.3, notes: [] }; // about the mean of the true ones

describe('clicks', () => {
  const options = decodeOptions('world', synthetic.options, {
    users: U,
    items: I,
    meanExposure: -1,
    meanRelevance: -1,
    popularity: 1.5,
  });
  const problemOf = synthetic.create(options)();
  const draw = (exposure: (problem: RecommendationProblem) => Exposure) => async (seed: string) => {
    const problem = (await problemOf)(createRng(seed));
    return { problem, pairs: heldOutClicks(problem, exposure(problem), 0.4, createRng(seed)) };
  };

  test.each(names.filter((name) => name.startsWith('snips')))('%s is consistent under the true exposures', async (name) => {
    const { mean, error } = await gap(draw(truth), name, 40);
    expect(Math.abs(mean)).toBeLessThan(4.5 * error + 0.01); // a quotient: bias falls as the number of users grows
  });

  test.each(['snips-dcg@5', 'snips-average-precision@5', 'snips-auc'])(
    '%s flatters a ranking by exposure where exposure is taken to be the same for all, and does not under the true exposures',
    async (name) => {
      const { mean, error } = await gap(
        draw(() => sameForAll),
        name,
        40,
        byExposure,
      );
      expect(mean).toBeGreaterThan(4.5 * error + 0.02);
      const known = await gap(draw(truth), name, 40, byExposure);
      expect(Math.abs(known.mean)).toBeLessThan(4.5 * known.error + 0.01);
    },
  );
});

describe('values', () => {
  const options = decodeOptions('world', selfSelected.options, {
    users: U,
    items: I,
    relevantFrom: 3,
    propensities: [0.1, 0.15, 0.3, 0.6, 0.9],
    uniformSample: 2,
    uniformTest: 5,
  });
  const problemOf = selfSelected.create(options)();
  const draw = (exposure: (problem: RecommendationProblem) => Exposure) => async (seed: string) => {
    const problem = (await problemOf)(createRng(seed));
    return { problem, pairs: heldOutValues(problem, exposure(problem), 0.4, createRng(seed)) };
  };

  test.each(names)('%s is consistent under the true propensities', async (name) => {
    const { mean, error } = await gap(draw(truth), name, 30);
    expect(Math.abs(mean)).toBeLessThan(4.5 * error + 0.01);
  });

  test.each(names.filter((name) => name.startsWith('dr')))(
    '%s is exact under exact imputations, whatever the propensities',
    async (name) => {
      const { problem, pairs } = await draw(() => sameForAll)('exact');
      const oracle = problem.oracle as OfPair;
      const exact = { ...pairs, imputed: Float64Array.from(pairs.users, (u, at) => oracle(u, pairs.items[at])) };
      expect(estimateMetric(metric(name), exact, scoresOf(pairs))).toBeCloseTo(truthOf(pairs, oracle, name), 10);
    },
  );

  test('a doubly robust estimate without an imputation is refused', async () => {
    const { pairs } = await draw(truth)('none');
    expect(() => estimateMetric(metric('dr-dcg@5'), { ...pairs, imputed: null }, scoresOf(pairs))).toThrow(UsageError);
  });
});

test('what is estimated from is what the learners of the seed keep from training', async () => {
  const rng = createRng('learn');
  const trained = new Set<string>();
  const key = (u: number, i: number) => `${u} ${i}`;
  const learn = (of: (input: RecommendationInput) => unknown, problem: RecommendationProblem) =>
    of({
      ...problem,
      exposure: truth(problem),
      loss: pairLosses.log,
      training: decodeOptions('training', pairTrainingOptions, { steps: 200, batch: 256, heldOutShare: 0.4 }),
      rng,
      newModel: () => ({
        parameters: [],
        score: (_u, _i, count, out) => out.fill(0, 0, count),
        step: (users, items, count) => {
          for (let b = 0; b < count; b++) trained.add(key(users[b], items[b]));
        },
      }),
    });
  const clicks = (await synthetic.create(decodeOptions('world', synthetic.options, { users: U, items: I }))())(rng);
  learn(implicitRecommenders.naive.create({ negativeWeight: 1 }), clicks);
  const pairs = heldOutClicks(clicks, truth(clicks), 0.4, rng);
  expect(trained.size).toBeGreaterThan(1000);
  pairs.users.forEach((u, at) => {
    expect(trained.has(key(u, pairs.items[at]))).toBe(false);
  });
  trained.clear();
  const ratings = (await selfSelected.create(decodeOptions('world', selfSelected.options, { users: U, items: 60 }))())(rng);
  learn(explicitRecommenders.ips.create(), ratings);
  const values = heldOutValues(ratings, truth(ratings), 0.4, rng);
  expect(values.observed.reduce((a, b) => a + b, 0)).toBeGreaterThan(50);
  values.users.forEach((u, at) => {
    if (values.observed[at] === 0) return;
    expect(trained.has(key(u, values.items[at]))).toBe(false);
    expect(values.propensities[at]).toBeCloseTo(0.4 * truth(ratings).pair(u, values.items[at]), 12); // observed, and then held out
  });
});

const folder = temporaryFolder();
const base = { seeds: 1, baseline: null, training: { steps: 5, batch: 32 } };

test('a run whose exposures are all the same says so', async () => {
  const withPower = (power: number) =>
    run({
      ...base,
      task: 'implicit-feedback',
      world: { name: 'synthetic', users: 20, items: 15 },
      exposure: { name: 'popularity-power', power },
      estimators: ['naive'],
      evaluation: { metrics: ['log-loss'] },
    });
  expect((await withPower(0)).warnings.join()).toMatch(/with seed 1: every observed row has exposure 1: methods that weigh by it/);
  expect((await withPower(1)).warnings.join()).not.toMatch(/every observed row/);
});

test('pooled: gains of all users over labels of all users', () => {
  const value = pooledDebiasedMetric(
    Float32Array.of(3, 2, 1, 2),
    { offsets: Uint32Array.of(0, 2, 4) },
    Float64Array.of(0, 4, 2, 0),
    'dcg',
    1,
  );
  expect(value).toBe(0);
  const two = pooledDebiasedMetric(
    Float32Array.of(3, 2, 1, 2),
    { offsets: Uint32Array.of(0, 2, 4) },
    Float64Array.of(1, 4, 2, 0),
    'dcg',
    2,
  );
  expect(two).toBeCloseTo((rankWorth.dcg(1) + 4 * rankWorth.dcg(2) + 2 * rankWorth.dcg(2)) / 7, 12);
});

test('a run has them beside the metrics of the test part, one value per seed', async () => {
  const result = await run({
    ...base,
    task: 'explicit-feedback',
    world: { name: 'self-selected-ratings', users: 60, items: 60, relevantFrom: 4 },
    estimators: ['naive', 'ips'],
    evaluation: { metrics: ['ndcg@5', 'snips-dcg@5', 'dr-dcg@5', 'snips-auc', 'dr-average-precision@5'] },
  });
  expect(result.metrics.map(({ unit }) => unit)).toEqual(['user', 'all', 'all', 'all', 'all']);
  for (const values of meansOf(result)[0]) for (const value of values) expect(Number.isFinite(value)).toBe(true);
  expect(result.values[0][0][1]).toHaveLength(1);
});

test('they are one number, not one per user, and the higher the better', () => {
  const described = (...labels: string[]) => labels.map((label) => describeMetric(parseRecommendationMetric(label), builtInParts.metrics));
  const pooled = described('auc', 'log-loss:rare', 'snips-dcg@5', 'dr-auc', 'ndcg@5', 'dcg@5:rare').map(isPooled);
  expect(pooled).toEqual([false, false, true, true, false, false]);
  const losses = described('log-loss', 'auc', 'snips-dcg@5', 'dr-auc', 'ndcg@5').map(({ lowerIsBetter }) => lowerIsBetter);
  expect(losses).toEqual([true, false, false, false, false]);
});

test('of graded values that were recorded, a metric of relevant pairs is refused before anything is learnt', async () => {
  const stages: string[] = [];
  const rated = (seed: number) => Array.from({ length: 60 }, (_, i) => `${i % 12},${(i * seed) % 20},${1 + (i % 5)}`);
  for (const [name, seed] of [
    ['log.csv', 3],
    ['uniform.csv', 7],
  ] as const)
    folder.put(name, `user,item,rating\n${[...new Map(rated(seed).map((row) => [row.split(',', 2).join(), row])).values()].join('\n')}\n`);
  const graded = {
    ...base,
    task: 'explicit-feedback',
    world: { name: 'recorded', reader: 'csv', path: folder.path, relevantFrom: null },
    exposure: 'popularity-power',
    estimators: ['naive'],
    evaluation: { metrics: ['squared-error', 'dr-auc'] },
  };
  const attempt = run(graded, ({ stage }) => stages.push(stage));
  await expect(attempt).rejects.toThrow(/dr-auc is of pairs that are relevant or not, but a value is 0\.\d+; set world\.relevantFrom/);
  expect(stages).not.toContain('learn');
});

test.each([
  [
    'dcg of clicks cannot be doubly robust',
    { task: 'implicit-feedback', evaluation: { metrics: ['dr-dcg@5'] }, estimators: ['naive'] },
    /needs values that are known/,
  ],
  ['conversions', { task: 'conversions', evaluation: { metrics: ['snips-dcg@5'] } }, /leave it out/],
  [
    'nothing held out',
    { task: 'explicit-feedback', training: { heldOutShare: 0 }, evaluation: { metrics: ['snips-dcg@5'] } },
    /heldOutShare above 0/,
  ],
  ['ExpoMF', { task: 'implicit-feedback', estimators: ['expo-mf'], evaluation: { metrics: ['snips-dcg@5'] } }, /expo-mf learns from all/],
  [
    'NDCG',
    { task: 'implicit-feedback', evaluation: { metrics: ['snips-ndcg@5'] } },
    /"snips-ndcg@5" cannot be estimated: the ideal DCG of a user is no sum over pairs.*use dcg/,
  ],
  [
    'an unknown one',
    { task: 'implicit-feedback', evaluation: { metrics: ['dr-err@5'] } },
    /after dr- expected auc, or dcg, recall, saito-dcg/,
  ],
  ['a cutoff of AUC', { task: 'implicit-feedback', evaluation: { metrics: ['snips-auc@5'] } }, /after snips- expected auc, or dcg/],
  [
    'pairs of one list',
    { task: 'implicit-feedback', world: { name: 'position-biased-lists' }, evaluation: { metrics: ['snips-average-precision@5'] } },
    /takes pairs to be observed independently of each other, which those of one list are not/,
  ],
  ['no cutoff', { task: 'implicit-feedback', evaluation: { metrics: ['snips-dcg'] } }, /with a cutoff/],
  ['a stratum', { task: 'implicit-feedback', evaluation: { metrics: ['snips-dcg@5:rare'] } }, /is of all items/],
])('%s: a usage error', (_, input, message) => {
  expect(() => decode({ ...base, ...input })).toThrow(UsageError);
  expect(() => decode({ ...base, ...input })).toThrow(message);
});
