import { chiSquareTail } from '../../../src/stats/chi-square.ts';
import { normalTail } from '../../../src/stats/normal.ts';

test.each([
  [2, 6],
  [10, 18],
  [50, 70],
  [400, 480],
])('%d degrees: the sum of Poisson that an even number has, within a hundredth and a few percent', (degrees, x) => {
  let [term, sum] = [Math.exp(-x / 2), 0];
  for (let k = 0; k < degrees / 2; term *= x / 2 / ++k) sum += term;
  expect(Math.abs(chiSquareTail(x, degrees) / sum - 1)).toBeLessThan(0.04);
});

test('far in the tail never too small: of one degree, the square of a normal variable', () => {
  for (const z of [3, 4, 4.9]) {
    const ratio = chiSquareTail(z * z, 1) / normalTail(z);
    expect(ratio).toBeGreaterThan(1);
    expect(ratio).toBeLessThan(5);
  }
  expect([chiSquareTail(0, 3), chiSquareTail(-2, 3)]).toEqual([1, 1]);
});
