import assert from 'node:assert/strict';
import { test } from 'node:test';
import { metrics } from './my-method.js';

const { compute } = metrics['my-method'];
/** Labels in ranked order: of the first query 3, 0, 1, of the second 0, 2, of the third unjudged and 0. */
const ranked = Float32Array.of(3, 0, 1, 0, 2, -1, 0);
const offsets = Uint32Array.of(0, 3, 5, 7);

test('the mean grade of all documents, per query', () => {
  assert.deepEqual([...compute(ranked, offsets)], [(3 + 0 + 1) / 3, (0 + 2) / 2, 0]);
});

test('a cutoff lets only the first documents count', () => {
  assert.deepEqual([...compute(ranked, offsets, { cutoff: 2 })], [(3 + 0) / 2, (0 + 2) / 2, 0]);
});

test('a query without a relevant document scores as it is told', () => {
  assert.deepEqual([...compute(ranked, offsets, { cutoff: 1, emptyQueries: 'skip' })], [3, 0, Number.NaN]);
});
