import { erf } from 'mathjs/number';
import { studentQuantile, studentTail } from '../../../src/stats/student-t.ts';

/** Closed forms of P(|T| ≥ t). */
const closedForms: [number, (t: number) => number][] = [
  [1, (t) => (2 / Math.PI) * Math.atan(1 / t)],
  [2, (t) => 2 / (Math.sqrt(2 + t * t) * (Math.sqrt(2 + t * t) + t))],
  [3, (t) => (2 / Math.PI) * (Math.atan(Math.sqrt(3) / t) - t / Math.sqrt(3) / (1 + (t * t) / 3))],
  [4, (t) => 1 - (t / Math.sqrt(4 + t * t)) * (1 + 2 / (4 + t * t))],
];

test.each(closedForms)('tail with %d degrees of freedom', (df, tail) => {
  for (const t of [0.1, 0.7, 1, 1.5, 2, 3, 5]) {
    expect(studentTail(t, df) / tail(t)).toBeCloseTo(1, 10);
    expect(studentTail(-t, df)).toBe(studentTail(t, df));
  }
});

test('far in the tail the relative error stays small', () => {
  for (const t of [1e2, 1e4, 1e8]) expect(studentTail(t, 2) / closedForms[1][1](t)).toBeCloseTo(1, 10);
});

test('tails and quantiles of scipy 1.17', () => {
  expect(studentTail(12, 30) / 5.580185415199261e-13).toBeCloseTo(1, 10);
  expect(studentTail(2.5, 4.5)).toBeCloseTo(0.059905686502200545, 12);
  expect(studentTail(2.5, 99) / 0.014062596921149069).toBeCloseTo(1, 10);
  expect(studentTail(12, 1e4) / 5.97977960781125e-33).toBeCloseTo(1, 10);
  expect(studentQuantile(0.95, 7)).toBeCloseTo(2.364624251592784, 10);
  expect(studentQuantile(0.95, 783)).toBeCloseTo(1.9629983142029732, 10);
  expect(studentQuantile(0.95, 1e9)).toBeCloseTo(1.959963986912325, 6);
});

test('many degrees of freedom: the normal distribution', () => {
  for (const t of [0.5, 1.96, 3]) expect(studentTail(t, Infinity)).toBeCloseTo(1 - erf(t / Math.SQRT2), 7);
});

test('the small-argument and the series form of Γ(x + ½)/Γ(x) meet at df = 100', () => {
  expect(studentTail(2, 100 - 1e-9) / studentTail(2, 100)).toBeCloseTo(1, 10);
});

test('the quantile inverts the tail', () => {
  for (const df of [1, 2.5, 9, 60, 5000])
    for (const level of [0.01, 0.5, 0.8, 0.95, 0.999, 1 - 1e-9])
      expect(studentTail(studentQuantile(level, df), df)).toBeCloseTo(1 - level, 10);
});

test('edges', () => {
  expect(studentTail(0, 5)).toBe(1);
  expect(studentTail(Infinity, 5)).toBe(0);
  expect(studentTail(-Infinity, 5)).toBe(0);
  expect(studentTail(Number.NaN, 5)).toBeNaN();
  expect(() => studentTail(1, 0)).toThrow('degrees of freedom');
  expect(() => studentQuantile(1, 5)).toThrow('got 1; try 0.95');
});
