import { productionRanker } from '../../simulators/production-ranker.ts';
import type { QuerySet } from '../../src/data/query-set.ts';
import { syntheticOptions } from '../../src/data/synthetic-options.ts';
import { syntheticQueries } from '../../src/data/synthetic-queries.ts';
import { evaluateRanking } from '../../src/metrics/evaluate-ranking.ts';
import { createRng } from '../../src/random/rng.ts';
import { safeParse } from '../../src/schema.ts';
import { smallQueries } from './small-queries.ts';

const options = safeParse(syntheticOptions, {});
if (!options.success) throw new Error('the defaults are valid');
const { train, test: held } = syntheticQueries(options.output, createRng('production'));

function meanNdcg(set: QuerySet, share: number, seed: string): number {
  const scores = productionRanker(train, { share, highestGrade: 4 }, createRng(seed))(set);
  const values = evaluateRanking(scores, set, ['ndcg@10'])['ndcg@10'].filter((value) => !Number.isNaN(value));
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

test('labels help: random < a hundredth of the queries < all of them, for each of three seeds', () => {
  for (const seed of ['1', '2', '3']) {
    const [random, few, all] = [0, 0.01, 1].map((share) => meanNdcg(held, share, seed));
    expect(few).toBeGreaterThan(random + 0.02);
    expect(all).toBeGreaterThan(few + 0.02);
  }
});

test('one seed gives the same scores; another seed picks other queries', () => {
  const scores = (seed: string) => productionRanker(train, { share: 0.01, highestGrade: 4 }, createRng(seed))(held);
  expect(scores('a')).toEqual(scores('a'));
  expect(scores('a')).not.toEqual(scores('b'));
});

test('a random ranker gives a query set the same scores every time', () => {
  const ranker = productionRanker(train, { share: 0, highestGrade: 4 }, createRng('random'));
  expect(ranker(held)).toEqual(ranker(held));
  expect(new Set(ranker(held)).size).toBe(held.labels.length);
});

test('only labels of the drawn queries count: with a share of one query, nearly all others may be changed', () => {
  const same = (labels: Float32Array) =>
    productionRanker({ ...train, labels }, { share: 0.001, highestGrade: 4 }, createRng('one'))(held).join() ===
    productionRanker(train, { share: 0.001, highestGrade: 4 }, createRng('one'))(held).join();
  const unchanged = Array.from({ length: 40 }, (_, q) => {
    const labels = train.labels.slice();
    for (let d = train.offsets[q]; d < train.offsets[q + 1]; d++) labels[d] = labels[d] > 0 ? 5 - labels[d] : 0; // as many kinds of labels
    return same(labels);
  });
  expect(unchanged.filter((is) => !is).length).toBeLessThanOrEqual(1);
});

test.each([-0.1, 1.5, Number.NaN])('a share of %d is refused', (share) => {
  expect(() => productionRanker(train, { share, highestGrade: 4 }, createRng('bad'))).toThrow(
    `production share must be in [0, 1], got ${share}`,
  );
});

test('labels that are all alike teach nothing, and say so', () => {
  const flat = { ...smallQueries(3, 2), labels: Float32Array.of(1, 1, 1, 0, -1) };
  expect(() => productionRanker(flat, { share: 1, highestGrade: 4 }, createRng('flat'))).toThrow(
    'no training query has documents of different labels: a production ranker has nothing to learn',
  );
});

test('the smallest share is one query, not two', () => {
  const queries = train.offsets.length - 1;
  const scores = (share: number) => productionRanker(train, { share, highestGrade: 4 }, createRng('least'))(held);
  expect(scores(1e-9)).toEqual(scores(1 / queries));
  expect(scores(1e-9)).not.toEqual(scores(2 / queries));
});

test('a feature that is missing counts as its mean in training, in every set', () => {
  const { featureCount: F } = train;
  const gaps = (set: QuerySet): QuerySet => ({ ...set, features: set.features.map((x, i) => (i % 5 === 0 ? Number.NaN : x)) });
  const means = Array.from({ length: F }, (_, f) => {
    const there = [...gaps(train).features].filter((x, i) => i % F === f && !Number.isNaN(x));
    return there.reduce((sum, x) => sum + x, 0) / there.length;
  });
  const filled = (set: QuerySet) => ({ ...set, features: gaps(set).features.map((x, i) => (Number.isNaN(x) ? means[i % F] : x)) });
  const scores = (learnt: QuerySet, of: QuerySet) => productionRanker(learnt, { share: 0.01, highestGrade: 4 }, createRng('gaps'))(of);
  expect(scores(gaps(train), gaps(held))).toEqual(scores(filled(train), filled(held)));
});
