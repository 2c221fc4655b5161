import { UsageError } from '../../../src/errors.ts';
import { gaussian } from '../../../src/random/gaussian.ts';
import { createRng } from '../../../src/random/rng.ts';
import { mengTest, williamsTest } from '../../../src/stats/dependent-correlations.ts';
import { pearson } from '../../../src/stats/pearson.ts';

/** Printed by the R package cocor, whose correlations are rounded to four digits. */
test.each([
  [{ first: 0.8066, second: 0.2383, between: 0.2255, n: 177 }, 9.3823, 8.3907, [0.67, 1.0784]],
  [{ first: -0.1741, second: 0.2015, between: 0.3734, n: 646 }, -9.034, -8.508, [-0.4678, -0.2926]],
  [{ first: 0.7245, second: 0.7108, between: 0.8972, n: 15549 }, 5.5544, 5.5496, null],
])('as cocor: %j', (correlations, t, z, interval) => {
  const tolerance = (n: number) => (n > 10_000 ? 0.06 : 0.006); // 5e-5 of rounding grows with √n
  expect(Math.abs(williamsTest(correlations).t - t)).toBeLessThan(tolerance(correlations.n));
  const meng = mengTest(correlations);
  expect(Math.abs(meng.z - z)).toBeLessThan(tolerance(correlations.n));
  for (const [i, bound] of (interval ?? []).entries()) expect([meng.lower, meng.upper][i]).toBeCloseTo(bound, 3);
});

test('as cocor, with its p', () => {
  const { t, degreesOfFreedom, p } = williamsTest({ first: 0.5447, second: 0.8, between: 0.0729, n: 70 });
  // .8 is rounded to one digit in what cocor printed: −2.8114, 67 degrees of freedom, p = .0065; the bounds are those of .75 and .85
  const [near, far] = [0.75, 0.83].map((second) => williamsTest({ first: 0.5447, second, between: 0.0729, n: 70 }));
  expect(degreesOfFreedom).toBe(67);
  expect(far.t).toBeLessThan(t);
  expect(near.t).toBeGreaterThan(-2.8114);
  expect(p).toBeLessThan(near.p);
});

test('equal correlations do not differ; the sign follows the order; equal predictors', () => {
  const same = { first: 0.4, second: 0.4, between: 0.3, n: 50 };
  expect(williamsTest(same)).toEqual({ t: 0, degreesOfFreedom: 47, p: 1 });
  expect(mengTest(same)).toMatchObject({ z: 0, p: 1 });
  expect(williamsTest({ first: 1, second: 1, between: 1, n: 9 }).p).toBe(1);
  expect(mengTest({ first: 0.5, second: 0.5, between: 1, n: 9 }).p).toBe(1);
  const [one, other] = [
    { first: 0.5, second: 0.2, between: 0.3, n: 50 },
    { first: 0.2, second: 0.5, between: 0.3, n: 50 },
  ];
  expect(williamsTest(one).t).toBeCloseTo(-williamsTest(other).t, 12);
  expect(mengTest(one).z).toBeCloseTo(-mengTest(other).z, 12);
});

test('on normal data with equal correlations p ≤ 0.05 happens in one test of twenty', () => {
  const rng = createRng('williams');
  const repeats = 3000;
  let [williams, meng] = [0, 0];
  for (let r = 0; r < repeats; r++) {
    const y = Array.from({ length: 40 }, () => gaussian(rng));
    const shared = y.map(() => gaussian(rng));
    const predictor = () => y.map((value, i) => 0.5 * value + 0.6 * shared[i] + 0.5 * gaussian(rng));
    const [a, b] = [predictor(), predictor()];
    const found = { first: pearson(a, y), second: pearson(b, y), between: pearson(a, b), n: 40 };
    if (williamsTest(found).p <= 0.05) williams++;
    if (mengTest(found).p <= 0.05) meng++;
  }
  for (const count of [williams, meng])
    expect(Math.abs(count / repeats - 0.05)).toBeLessThan(4 * Math.sqrt((0.05 * 0.95) / repeats) + 0.003);
});

test('refuses impossible correlations', () => {
  expect(() => williamsTest({ first: 0.9, second: -0.9, between: 0.9, n: 30 })).toThrow(UsageError);
  expect(() => williamsTest({ first: 1.2, second: 0, between: 0, n: 30 })).toThrow('"first" must be in [-1, 1]');
  expect(() => mengTest({ first: 0.2, second: 0, between: 0, n: 3 })).toThrow('at least four observations');
  expect(() => mengTest({ first: 0.2, second: 0, between: 0, n: 9 }, 1)).toThrow('got 1; try 0.95');
});
