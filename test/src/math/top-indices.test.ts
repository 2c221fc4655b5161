import { topIndices } from '../../../src/math/top-indices.ts';
import { createRng } from '../../../src/random/rng.ts';
import { chiSquareZ } from '../random/goodness-of-fit.ts';

const rng = createRng('top');

test('the largest first, at most k', () => {
  expect([...topIndices([2, 5, -1, 6, Infinity, -Infinity], 4, rng)]).toEqual([4, 3, 1, 0]);
  expect([...topIndices([], 3, rng)]).toEqual([]);
});

test('equal ones in every order alike, which of them are among the k too (chi-square, 12,000 draws)', () => {
  const counts = new Float64Array(9);
  for (let t = 0; t < 12_000; t++) {
    const [first, second, third] = topIndices([0, -0, 1, 0], 3, rng);
    expect(first).toBe(2);
    counts[3 * Math.min(second, 2) + Math.min(third, 2)]++;
  }
  expect(
    chiSquareZ(
      counts,
      [0, 1, 1, 1, 0, 1, 1, 1, 0].map((possible) => possible / 6),
    ),
  ).toBeLessThan(4.5);
});

test('draws nothing where no value is met twice', () => {
  const untouched = createRng('untouched');
  topIndices([3, 1, 2], 3, untouched);
  expect(untouched.next()).toBe(createRng('untouched').next());
});
