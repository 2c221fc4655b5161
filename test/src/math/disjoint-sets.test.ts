import { DisjointSets } from '../../../src/math/disjoint-sets.ts';

test('sets join, say whether they were apart, and have their lowest member for a root', () => {
  const sets = new DisjointSets(6);
  expect([sets.join(4, 2), sets.join(5, 3), sets.join(2, 4)]).toEqual([true, true, false]);
  expect([0, 1, 2, 3, 4, 5].map((i) => sets.root(i))).toEqual([0, 1, 2, 3, 2, 3]);
  expect([sets.join(4, 5), sets.join(3, 2)]).toEqual([true, false]);
  expect([0, 1, 2, 3, 4, 5].map((i) => sets.root(i))).toEqual([0, 1, 2, 2, 2, 2]);
});
