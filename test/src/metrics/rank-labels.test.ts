import { UsageError } from '../../../src/errors.ts';
import { rankDocuments, rankLabels } from '../../../src/metrics/rank-labels.ts';

test('sorts every query by score, descending; ties keep the document order', () => {
  const offsets = Uint32Array.of(0, 4, 4, 6);
  expect([...rankDocuments(Float32Array.of(1, 3, 1, 3, -1, 5), offsets)]).toEqual([1, 3, 0, 2, 5, 4]);
  expect([...rankLabels(Float32Array.of(1, 3, 1, 3, -1, 5), Float32Array.of(0, 1, 2, 3, 4, -1), offsets)]).toEqual([1, 3, 0, 2, -1, 4]);
});

test('infinite scores rank first and last', () => {
  const scores = Float64Array.of(-Infinity, 0, -Infinity, Infinity, Infinity);
  expect([...rankDocuments(scores, Uint32Array.of(0, 5))]).toEqual([3, 4, 1, 0, 2]);
});

test('refuses NaN scores and wrong lengths', () => {
  expect(() => rankDocuments(Float32Array.of(0, Number.NaN), Uint32Array.of(0, 2))).toThrow(UsageError);
  expect(() => rankDocuments(Float32Array.of(0), Uint32Array.of(0, 2))).toThrow('expected 2 scores');
  expect(() => rankLabels(Float32Array.of(0, 1), Float32Array.of(0), Uint32Array.of(0, 2))).toThrow('expected 2 labels');
});
