import { topIndices } from '../../../src/math/top-indices.ts';

test('the largest first, equal ones in their order, at most k', () => {
  expect([...topIndices([2, 5, -1, 5, Infinity, -Infinity], 4)]).toEqual([4, 1, 3, 0]);
  expect([...topIndices([0, -0, 0], 9)]).toEqual([0, 1, 2]);
  expect([...topIndices([], 3)]).toEqual([]);
});
