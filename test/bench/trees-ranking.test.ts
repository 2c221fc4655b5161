import type { QuerySet } from '../../src/data/query-set.ts';
import { foldsOf, ndcgAt10 } from './trees-ranking.ts';

const sizes = [2, 3, 1, 4, 2, 5, 3];
const offsets = Uint32Array.from([0, ...sizes], (_, q) => sizes.slice(0, q).reduce((sum, n) => sum + n, 0));
const D = offsets[sizes.length];
const set: QuerySet = {
  queryIds: sizes.map((_, q) => `q${q}`),
  docIds: [],
  offsets,
  features: Float32Array.from({ length: D }, (_, d) => d),
  featureCount: 1,
  labels: Float32Array.from({ length: D }, (_, d) => d % 3),
};

test('every query is held out once, with its own documents, and trained on in all other folds', () => {
  const parts = foldsOf(set, 'some');
  expect(parts.flatMap(({ heldQueries }) => heldQueries).sort()).toEqual([0, 1, 2, 3, 4, 5, 6]);
  for (const { train, held, heldQueries } of parts) {
    heldQueries.forEach((q, i) => {
      const own = held.features.subarray(held.offsets[i], held.offsets[i + 1]);
      expect([...own]).toEqual([...set.features.subarray(offsets[q], offsets[q + 1])]);
    });
    expect([...train.features, ...held.features].sort((a, b) => a - b)).toEqual([...set.features]);
  }
});

test('NDCG@10 is that of the scores, and nothing where nothing is relevant', () => {
  expect([...ndcgAt10(set, set.labels)].filter((value) => !Number.isNaN(value)).every((value) => value === 1)).toBe(true);
  const reversed = ndcgAt10({ ...set, offsets: Uint32Array.of(0, 2, 3), labels: Float32Array.of(0, 1, 0) }, Float32Array.of(2, 1, 0));
  expect(reversed[0]).toBeCloseTo(1 / Math.log2(3), 12);
  expect(reversed[1]).toBeNaN();
});
