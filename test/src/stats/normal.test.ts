import fc from 'fast-check';
import { UsageError } from '../../../src/errors.ts';
import { gaussLegendre, panels } from '../../../src/math/gauss-legendre.ts';
import { normalCdf, normalDensity, normalQuantile, normalTail } from '../../../src/stats/normal.ts';
import { studentizedRangeTail } from '../../../src/stats/studentized-range.ts';

test.each([
  [0.3, 0.7641771556220948],
  [1.9, 0.05743311963200361],
  [2, 0.04550026389635839],
  [3.5, 0.00046525815807105003],
  [-10, 1.523970604832094e-23],
  [15.2, 3.5362104682444454e-52],
])('tail beyond ±%d as scipy 1.17', (z, p) => {
  expect(Math.abs(normalTail(z) / p - 1)).toBeLessThan(1e-12);
});

test.each([
  [1e-300, -37.0470962993612],
  [1e-10, -6.361340902404056],
  [0.01, -2.3263478740408408],
  [0.3, -0.5244005127080409],
  [0.975, 1.959963984540054],
])('quantile of %d as scipy 1.17', (p, z) => {
  expect(Math.abs(normalQuantile(p) / z - 1)).toBeLessThan(1e-12);
});

test('the quantile inverts the distribution function, which is symmetric', () => {
  fc.assert(
    fc.property(fc.double({ min: 1e-12, max: 1 - 1e-9, noNaN: true }), (p) => {
      expect(Math.abs(normalCdf(normalQuantile(p)) / p - 1)).toBeLessThan(1e-10);
    }),
  );
  expect(normalCdf(1.3) + normalCdf(-1.3)).toBeCloseTo(1, 14);
  expect([normalQuantile(0), normalQuantile(0.5), normalQuantile(1)]).toEqual([-Infinity, expect.closeTo(0, 14), Infinity]);
  expect(normalTail(Infinity)).toBe(0);
  expect(() => normalQuantile(1.1)).toThrow(UsageError);
});

test('Gauss–Legendre: exact for polynomials of degree 2n − 1, and not above', () => {
  const integral = (degree: number, n: number) => {
    const { nodes, weights } = gaussLegendre(n);
    return nodes.reduce((sum, x, i) => sum + weights[i] * x ** degree, 0);
  };
  for (const n of [1, 2, 5, 16]) {
    for (let degree = 0; degree < 2 * n; degree++) expect(integral(degree, n)).toBeCloseTo(degree % 2 === 0 ? 2 / (degree + 1) : 0, 13);
    expect(Math.abs(integral(2 * n, n) - 2 / (2 * n + 1))).toBeGreaterThan(1e-12);
  }
  const { nodes, weights } = panels(-8, 8, 6);
  expect(nodes.reduce((sum, z, i) => sum + weights[i] * normalDensity(z), 0)).toBeCloseTo(1, 12);
});

test.each([
  [3.5, 3, 10, 0.07710331083841038],
  [2, 2, 1, 0.39182655203060723],
  [4.1, 8, 6264, 0.07288781531765975],
  [5.5, 5, 3, 0.11097171760575697],
  [10, 4, 2, 0.04808250058914443],
])('studentised range: P(Q > %d) of %d means, %d degrees of freedom, as scipy 1.17', (q, k, df, p) => {
  expect(Math.abs(studentizedRangeTail(q, k, df) - p)).toBeLessThan(1e-9);
});

test('the range of two means is |Z|√2, and with one degree of freedom a Cauchy variable', () => {
  for (const q of [0.5, 2, 6]) expect(studentizedRangeTail(q, 2, Infinity)).toBeCloseTo(normalTail(q / Math.SQRT2), 12);
  expect(studentizedRangeTail(2, 2, 1)).toBeCloseTo((2 / Math.PI) * Math.atan(1 / Math.SQRT2), 9);
  expect(studentizedRangeTail(0, 5, 3)).toBe(1);
  expect(() => studentizedRangeTail(1, 1, 3)).toThrow('at least two means');
  expect(() => studentizedRangeTail(1, 2, 0.5)).toThrow('degrees of freedom');
});
