import { permutation } from '../../../src/random/permutation.ts';
import { createRng } from '../../../src/random/rng.ts';
import { chiSquareZ } from './goodness-of-fit.ts';

test('all 24 orders of four are as likely (chi-square, 48,000 draws)', () => {
  const rng = createRng('orders');
  const counts = new Map<string, number>();
  for (let i = 0; i < 48_000; i++) {
    const key = permutation(4, rng).join('');
    counts.set(key, (counts.get(key) ?? 0) + 1);
  }
  expect(counts.size).toBe(24);
  expect(chiSquareZ([...counts.values()], new Array(24).fill(1 / 24))).toBeLessThan(4.5);
});

test.each([0, 1, 2, 1000])('of %d: every index once', (n) => {
  expect([...permutation(n, createRng('once'))].sort((a, b) => a - b)).toEqual(Array.from({ length: n }, (_, i) => i));
});
