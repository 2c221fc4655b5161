import { UsageError } from '../../../src/errors.ts';
import { rankDocuments, rankLabels } from '../../../src/metrics/rank-labels.ts';
import { createRng } from '../../../src/random/rng.ts';
import { chiSquareZ } from '../random/goodness-of-fit.ts';

const rng = createRng('ties');

test('sorts every query by score, descending; ties by label, and told', () => {
  const offsets = Uint32Array.of(0, 4, 4, 6);
  const { ranked, ties } = rankLabels(Float32Array.of(1, 3, 1, 3, -1, 5), Float32Array.of(2, 3, 0, 1, 4, -1), offsets);
  expect([...ranked]).toEqual([1, 3, 0, 2, -1, 4]);
  expect([...ties]).toEqual([2, 2, 4, 4, 5, 6]);
});

test('infinite scores rank first and last, and tie; so do 0 and -0', () => {
  const scores = Float64Array.of(-Infinity, 0, -Infinity, Infinity, Infinity, -0);
  const { ranked, ties } = rankLabels(scores, Float32Array.of(0, 1, 2, 3, 4, 5), Uint32Array.of(0, 6));
  expect([...ranked]).toEqual([3, 4, 1, 5, 0, 2]);
  expect([...ties]).toEqual([2, 2, 4, 4, 6, 6]);
});

test('equal scores of two queries do not tie', () => {
  expect([...rankLabels(new Float32Array(4), new Float32Array(4), Uint32Array.of(0, 2, 4)).ties]).toEqual([2, 2, 4, 4]);
});

test('documents that tie are ranked in every order alike (chi-square, 12,000 draws)', () => {
  const counts = new Map<string, number>();
  for (let t = 0; t < 12_000; t++) {
    const order = [...rankDocuments(Float64Array.of(-Infinity, 1, -Infinity, -Infinity), Uint32Array.of(0, 4), rng)].join();
    counts.set(order, (counts.get(order) ?? 0) + 1);
  }
  expect([...counts.keys()].every((order) => order.startsWith('1,'))).toBe(true);
  expect(chiSquareZ([...counts.values()], new Array(6).fill(1 / 6))).toBeLessThan(4.5);
});

test('refuses NaN scores and wrong lengths', () => {
  expect(() => rankDocuments(Float32Array.of(0, Number.NaN), Uint32Array.of(0, 2), rng)).toThrow(UsageError);
  expect(() => rankDocuments(Float32Array.of(0), Uint32Array.of(0, 2), rng)).toThrow('expected 2 scores');
  expect(() => rankLabels(Float32Array.of(0, 1), Float32Array.of(0), Uint32Array.of(0, 2))).toThrow('expected 2 labels');
});
