import { digamma, digammaSum } from '../../../src/math/digamma.ts';

const euler = 0.5772156649015329;
const harmonic = (n: number) => Array.from({ length: n }, (_, i) => 1 / (i + 1)).reduce((a, b) => a + b, 0);

test('ψ of whole numbers is a harmonic number less γ, of halves by 2 ln 2 less; Abramowitz & Stegun 6.3.2, 6.3.4', () => {
  for (const n of [1, 2, 5, 6, 7, 30]) expect(digamma(n)).toBeCloseTo(harmonic(n - 1) - euler, 10);
  for (const n of [1, 3, 8]) {
    const odd = Array.from({ length: n }, (_, i) => 2 / (2 * i + 1)).reduce((a, b) => a + b, 0);
    expect(digamma(n + 0.5)).toBeCloseTo(odd - euler - 2 * Math.LN2, 10);
  }
});

test.each([1, 1e-6, 1e9])('a sum of ψ is that of its parts, of values times %d, many or none', (scale) => {
  const values = Float64Array.from({ length: 1000 }, (_, i) => scale * (1 + Math.sin(i)));
  const expected = values.reduce((sum, value) => sum + digamma(value + 0.7), 0);
  expect(digammaSum(values, 0.7) / expected).toBeCloseTo(1, 12);
  expect(digammaSum(values.subarray(0, 0), 0.7)).toBe(0);
});
