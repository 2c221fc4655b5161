import fc from 'fast-check';
import { createRng } from '../../../src/random/rng.ts';
import { normalQuantile } from '../../../src/stats/normal.ts';
import { signTest } from '../../../src/stats/sign-test.ts';
import { wilcoxonSignedRankTest } from '../../../src/stats/wilcoxon-signed-rank-test.ts';

const zeros = (n: number) => new Array<number>(n).fill(0);
const test0 = (values: readonly number[]) => wilcoxonSignedRankTest(values, zeros(values.length));

test('by hand: of ranks 1, 2, 3 all positive, 2 of 8 patterns are as extreme', () => {
  expect(test0([0.1, 0.5, 7])).toEqual({ statistic: 0, n: 3, p: 2 / 8, exact: true });
  expect(test0([-0.1, 0.5, 7])).toEqual({ statistic: 1, n: 3, p: 4 / 8, exact: true }); // W⁺ or W⁻ of 0 or 1
});

test('as scipy 1.17, exact', () => {
  const { statistic, p } = test0([1.2, -0.5, 3.1, 0.7, -2.2, 1.9, 0.4, -0.1, 2.6, 1.1]);
  expect(statistic).toBe(12);
  expect(p).toBe(0.130859375);
});

test('exact with ties: every pattern of signs counted by hand', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 1, maxLength: 9 }), (values) => {
      const own = values.filter((v) => v !== 0);
      const size = (v: number) => Math.abs(v);
      const rank = own.map((v) => own.filter((w) => size(w) < size(v)).length + (own.filter((w) => size(w) === size(v)).length + 1) / 2);
      const plus = (pattern: number) => rank.reduce((sum, r, i) => sum + ((pattern >> i) & 1 ? r : 0), 0);
      const total = rank.reduce((sum, r) => sum + r, 0);
      const w = Math.min(
        plus(own.reduce((bits, v, i) => bits | (v > 0 ? 1 << i : 0), 0)),
        total - plus(own.reduce((bits, v, i) => bits | (v > 0 ? 1 << i : 0), 0)),
      );
      let extreme = 0;
      for (let pattern = 0; pattern < 2 ** own.length; pattern++) if (plus(pattern) <= w) extreme++;
      expect(test0(values)).toEqual({ statistic: w, n: own.length, p: Math.min(1, (2 * extreme) / 2 ** own.length), exact: true });
    }),
  );
});

test('the normal approximation meets the exact value at the border, pairs that tie do not count', () => {
  const values = Array.from({ length: 50 }, (_, i) => Math.sin(3 * i) + 0.3);
  const [exact, normal] = [test0(values), test0([...values, 1e-9])];
  expect([exact.exact, normal.exact]).toEqual([true, false]);
  expect(Math.abs(normalQuantile(normal.p / 2) - normalQuantile(exact.p / 2))).toBeLessThan(0.1);
  expect(wilcoxonSignedRankTest([...values, 5], [...zeros(50), 5])).toEqual(exact);
  expect(test0([0, 0])).toEqual({ statistic: 0, n: 0, p: 1, exact: true });
});

test('swapping the sides changes nothing; under the hypothesis p ≤ 0.1 happens in at most about a tenth of the tests', () => {
  const rng = createRng('wilcoxon');
  let small = 0;
  for (let t = 0; t < 4000; t++) {
    const a = Array.from({ length: t % 2 === 0 ? 30 : 80 }, () => rng.next());
    const b = a.map(() => rng.next());
    const { p } = wilcoxonSignedRankTest(a, b);
    if (t < 50) expect(wilcoxonSignedRankTest(b, a).p).toBeCloseTo(p, 12);
    if (p <= 0.1) small++;
  }
  expect(Math.abs(small / 4000 - 0.1)).toBeLessThan(4 * Math.sqrt(0.09 / 4000) + 0.002); // exact p-values are discrete
});

test('sign test: binomial tails, as scipy 1.17 and by hand', () => {
  expect(signTest(3, 0)).toBeCloseTo(2 / 8, 14);
  expect(signTest(0, 1)).toBeCloseTo(1, 12);
  expect(signTest(0, 0)).toBe(1);
  expect(signTest(7, 18)).toBeCloseTo(0.043285250663757324, 12);
  expect(signTest(4900, 5000)).toBeCloseTo(0.31974241576397044, 10);
  expect(signTest(5000, 5001)).toBeCloseTo(1, 6);
  expect(signTest(5051, 4950)).toBeCloseTo(0.3173, 3); // one standard deviation, less the half of the correction
  expect(() => signTest(1, -1)).toThrow('counts');
});
