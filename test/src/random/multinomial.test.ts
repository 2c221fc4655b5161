import { multinomial } from '../../../src/random/multinomial.ts';
import { createRng } from '../../../src/random/rng.ts';
import { chiSquareZ } from './goodness-of-fit.ts';

const weights = [2, 0, 5, 1, 0, 12, 0];
const total = weights.reduce((sum, w) => sum + w, 0);

test.each([0, 1, 17, 1e9, 1e15, 2 ** 53])('counts of n = %d add up to n, and none falls where the weight is 0', (n) => {
  const rng = createRng(`sum ${n}`);
  for (let i = 0; i < 200; i++) {
    const counts = multinomial(n, weights, rng);
    expect(counts).toHaveLength(weights.length);
    expect(counts.reduce((sum, count) => sum + BigInt(count), 0n)).toBe(BigInt(n));
    counts.forEach((count, c) => {
      expect(count >= 0 && (weights[c] > 0 || count === 0)).toBe(true);
    });
  }
});

test('one item falls by the weights, and so do 100,000 at once (chi-square)', () => {
  const rng = createRng('marginals');
  const probabilities = weights.map((w) => w / total);
  const single = new Float64Array(weights.length);
  for (let i = 0; i < 50_000; i++)
    multinomial(1, weights, rng).forEach((count, c) => {
      single[c] += count;
    });
  expect(chiSquareZ(single, probabilities)).toBeLessThan(4.5);
  expect(chiSquareZ(multinomial(100_000, weights, rng), probabilities)).toBeLessThan(4.5);
});

test('variances n p (1 − p) and covariances −n p p′ within 5 standard errors', () => {
  const [n, draws] = [1e9, 20_000];
  const rng = createRng('covariance');
  const p = [0.1, 0.25, 0.65];
  const products = p.map(() => p.map(() => 0));
  for (let i = 0; i < draws; i++) {
    const z = multinomial(n, p, rng).map((count, c) => (count - n * p[c]) / Math.sqrt(n * p[c] * (1 - p[c])));
    p.forEach((_, a) => {
      p.forEach((__, b) => {
        products[a][b] += (z[a] * z[b]) / draws;
      });
    });
  }
  p.forEach((pa, a) => {
    p.forEach((pb, b) => {
      const correlation = a === b ? 1 : -Math.sqrt((pa * pb) / ((1 - pa) * (1 - pb)));
      expect(Math.abs(products[a][b] - correlation)).toBeLessThan(5 * Math.sqrt((1 + correlation ** 2) / draws));
    });
  });
});

test.each([
  [[1, -1], 'weights[1] must be finite and at least 0, got -1'],
  [[Number.NaN, 1], 'weights[0] must be finite and at least 0, got NaN'],
  [[1, Infinity], 'weights[1] must be finite and at least 0, got Infinity'],
  [[1e308, 1.5e308], 'the sum of the weights is beyond the largest number; divide them all by one number'],
  [[0, 0], 'a multinomial needs at least one cell with a weight above 0'],
  [[], 'a multinomial needs at least one cell with a weight above 0'],
])('weights %j are refused', (bad, message) => {
  expect(() => multinomial(3, bad, createRng('bad'))).toThrow(message);
});

test('nothing to share out needs no weights', () => {
  expect([...multinomial(0, [0, 0], createRng('none'))]).toEqual([0, 0]);
});

test.each([-1, 0.5, Number.NaN])('%p items are refused', (n) => {
  expect(() => multinomial(n, [1, 1], createRng('items'))).toThrow(`a multinomial needs a whole number of items, at least 0, got ${n}`);
});
