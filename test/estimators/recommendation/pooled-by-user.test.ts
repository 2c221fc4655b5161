import { pooledByUser, relativeByUser, type ScoredPairs } from '../../../estimators/recommendation/pooled-by-user.ts';
import { type PooledMetricName, pooledMetrics } from '../../../estimators/recommendation/recommendation-metrics.ts';
import { UsageError } from '../../../src/errors.ts';
import { auc } from '../../../src/metrics/auc.ts';
import { summarise } from '../../../src/metrics/summarise.ts';
import { createRng } from '../../../src/random/rng.ts';

const identity = (score: number) => score;
const meanOf = (name: PooledMetricName, pairs: ScoredPairs) => summarise(pooledByUser(name, pairs)).mean;
const ofPairs = (scores: number[], labels: number[], more: Partial<ScoredPairs> = {}): ScoredPairs => ({
  scores: Float32Array.from(scores),
  labels: Float32Array.from(labels),
  offsets: Uint32Array.from({ length: scores.length + 1 }, (_, u) => u), // a user each
  predict: identity,
  unit: 1,
  ...more,
});

test('log loss and errors of predictions; one below 0 or above 1 counts as the nearest probability in the log loss', () => {
  const of = (name: PooledMetricName, scores: number[], unit = 1) => meanOf(name, ofPairs(scores, [1, 0], { unit }));
  expect(of('log-loss', [0.5, 0.25])).toBeCloseTo((Math.log(2) - Math.log(0.75)) / 2, 12);
  expect(of('log-loss', [1.5, -0.5])).toBeCloseTo(0, 12);
  expect(of('log-loss', [-3, 1.5])).toBeCloseTo(-Math.log(1e-12), 9);
  expect(of('squared-error', [1.5, 0.5])).toBeCloseTo(0.25, 12);
  expect(of('absolute-error', [0.5, 0.25])).toBeCloseTo(0.375, 12);
  // ratings from 1 to 5: what is off by half of [0, 1] is off by two stars
  expect(of('squared-error', [0.5, 0.5], 4)).toBeCloseTo(4, 12);
  expect(of('absolute-error', [0.5, 0.25], 4)).toBeCloseTo((2 + 1) / 2, 12);
  expect(meanOf('log-loss', ofPairs([0, 0], [1, 0], { predict: null }))).toBeNaN();
});

/** Users with none to six pairs each, scores with ties. */
function drawn(users: number, seed: string): ScoredPairs {
  const rng = createRng(seed);
  const offsets = new Uint32Array(users + 1);
  for (let u = 0; u < users; u++) offsets[u + 1] = offsets[u] + Math.floor(7 * rng.next());
  const level = Array.from({ length: users }, () => rng.next()); // users differ, so that their pairs are clustered
  const [scores, labels]: number[][] = [[], []];
  for (let u = 0; u < users; u++)
    for (let k = offsets[u]; k < offsets[u + 1]; k++) {
      scores.push(Math.round(10 * (0.7 * level[u] + 0.3 * rng.next())) / 10);
      labels.push(Number(rng.next() < 0.2 + 0.6 * scores[k]));
    }
  return ofPairs(scores, labels, { offsets, predict: (s) => 0.05 + 0.9 * s, unit: 4 });
}

/** The pairs of these users, as often as they are named. */
function ofUsers({ scores, labels, offsets, ...rest }: ScoredPairs, users: ArrayLike<number>): ScoredPairs {
  const places = Array.from(users).flatMap((u) => Array.from({ length: offsets[u + 1] - offsets[u] }, (_, k) => offsets[u] + k));
  return {
    ...ofPairs(
      places.map((k) => scores[k]),
      places.map((k) => labels[k]),
    ),
    predict: rest.predict,
    unit: rest.unit,
  };
}

const names = Object.keys(pooledMetrics).filter((name) => name !== 'relative-log-loss') as PooledMetricName[];

test.each(names)('%s: the mean over users is the metric over all pairs, and users without pairs are undefined', (name) => {
  const pairs = drawn(60, 'mean');
  const values = pooledByUser(name, pairs);
  for (const [u, value] of values.entries()) expect(Number.isNaN(value)).toBe(pairs.offsets[u + 1] === pairs.offsets[u]);
  const { scores, labels } = pairs;
  const predicted = [...scores].map((s) => 0.05 + 0.9 * s);
  const average = (error: (p: number, y: number) => number) =>
    predicted.reduce((sum, p, k) => sum + error(p, labels[k]), 0) / predicted.length;
  const expected = {
    auc: auc(scores, labels),
    'log-loss': average((p, y) => -(y === 1 ? Math.log(p) : Math.log(1 - p))),
    'squared-error': average((p, y) => 16 * (p - y) ** 2),
    'absolute-error': average((p, y) => 4 * Math.abs(p - y)),
  }[name as string];
  expect(summarise(values).mean).toBeCloseTo(expected as number, 5);
});

// within 15 %: the standard error of a bootstrap of 1,000 draws is off by 2 %, and linearising by what 300 users leave of it
test.each(names)('%s: the standard error over users is that of a bootstrap of users, and not that of single pairs', (name) => {
  const pairs = drawn(300, 'bootstrap');
  const values = pooledByUser(name, pairs).filter((value) => !Number.isNaN(value));
  const rng = createRng('draws');
  const tested = Array.from({ length: 300 }, (_, u) => u).filter((u) => pairs.offsets[u + 1] > pairs.offsets[u]);
  const draws = Array.from({ length: 1000 }, () =>
    meanOf(
      name,
      ofUsers(
        pairs,
        tested.map(() => tested[Math.floor(rng.next() * tested.length)]),
      ),
    ),
  );
  const sd = (of: ArrayLike<number>) => {
    const mean = Array.from(of).reduce((a, b) => a + b, 0) / of.length;
    return Math.sqrt(Array.from(of).reduce((sum, value) => sum + (value - mean) ** 2, 0) / (of.length - 1));
  };
  expect(Math.abs(sd(values) / Math.sqrt(values.length) / sd(draws) - 1)).toBeLessThan(0.15);
});

test('the quotient of two metrics has the quotient of their means', () => {
  const pairs = drawn(40, 'relative');
  const [own, ideal] = [pooledByUser('log-loss', pairs), pooledByUser('log-loss', { ...pairs, predict: () => 0.4 })];
  expect(summarise(relativeByUser(own, ideal)).mean).toBeCloseTo(summarise(own).mean / summarise(ideal).mean, 12);
  for (const value of relativeByUser(ideal, ideal)) if (!Number.isNaN(value)) expect(value).toBe(1);
});

test('AUC without relevant pairs is undefined; NaN scores are refused', () => {
  expect(meanOf('auc', ofPairs([0.1, 0.2], [0, 0]))).toBeNaN();
  expect(() => pooledByUser('auc', ofPairs([Number.NaN, 0.2], [0, 1]))).toThrow(UsageError);
});
