import fc from 'fast-check';
import { createRng } from '../../../src/random/rng.ts';
import { cellDifference } from '../../../src/stats/compare-cells.ts';
import { compareMethods } from '../../../src/stats/compare-methods.ts';
import { compareRuns } from '../../../src/stats/compare-runs.ts';
import {
  bootstrapDifference,
  cohenDz,
  correctDefined,
  crossedTTest,
  meanInterval,
  mengTest,
  pairedBootstrapTest,
  pairedDifferences,
  pairedTTest,
  signFlipTest,
  spreadSignFlipTest,
  tukeyHsd,
  wilcoxonSignedRankTest,
  williamsTest,
  winTieLoss,
} from '../../../src/stats/index.ts';

/** Values that end up `by` higher but for rounding, whatever they are. */
const shifted = fc
  .tuple(
    fc.array(fc.double({ min: -1, max: 1, noNaN: true }), { minLength: 2, maxLength: 30 }),
    fc.double({ min: 1e-3, max: 1, noNaN: true }),
    fc.constantFrom(1, -1),
    fc.constantFrom(1e-6, 1, 1e6),
  )
  .map(([values, size, sign, scale]) => ({
    low: values.map((value) => scale * value),
    high: values.map((value) => scale * value + scale * sign * size),
    by: scale * sign * size,
  }));

test('differences that are one number but for rounding have no spread: nothing is divided by it', () => {
  fc.assert(
    fc.property(shifted, ({ low, high, by }) => {
      const test = pairedTTest(high, low);
      expect(test).toMatchObject({ t: Number.NaN, p: Number.NaN, difference: { standardError: 0 } });
      expect(test.difference.value / by).toBeCloseTo(1, 9);
      expect(cohenDz(high, low)).toBeNaN();
      expect(pairedBootstrapTest(high, low, createRng('x'), 20).p).toBeNaN();
      const n = low.length;
      const same = by > 0 ? { wins: n, ties: 0, losses: 0 } : { wins: 0, ties: 0, losses: n };
      expect(winTieLoss(high, low)).toEqual(same);
      if (n <= 20) expect(signFlipTest(high, low, createRng('x')).p).toBe(2 / 2 ** n); // counts signs, needs no spread
      expect(spreadSignFlipTest(high, low, createRng('x')).p).toBeNaN();
      expect(wilcoxonSignedRankTest(high, low)).toMatchObject({ n, statistic: 0 });
    }),
  );
});

test('beside the t-test the sign-flip test has a p where that has one, over seeds, queries and topics', () => {
  const of = (values: readonly number[]) => new Map(values.map((value, i) => [`${i}`, new Map([['', { sum: value, n: 1 }]])]));
  const runs = (values: readonly number[]) =>
    compareRuns(
      {
        runs: ['a', 'b'],
        measures: ['AP'],
        topics: values.map(String),
        values: [[new Float64Array(values.length)], [Float64Array.from(values)]],
      },
      'a',
      createRng('x'),
    ).tests[1][0];
  for (const [values, tested] of [
    [[0.1, 0.1, 0.1], false],
    [[0, 0, 0], true],
    [[0.1, 0.2, 0.1], true],
  ] as const) {
    for (const unit of ['seed', 'query'] as const) {
      const compared = cellDifference(of(values), of(values.map(() => 0)), unit, null);
      expect([compared?.pairedT === null, compared?.signFlip === null]).toEqual([!tested, !tested]);
    }
    expect([runs(values)?.randomisationP === null, runs(values)?.adjustedRandomisationP === null]).toEqual([!tested, !tested]);
  }
});

test('differences that are 0 but for rounding are 0', () => {
  const [third, sum] = [0.3, 0.1 + 0.2];
  expect([...pairedDifferences([sum, third, 1], [third, sum, 1])]).toEqual([0, 0, 0]);
  expect(pairedTTest([sum, third], [third, sum])).toMatchObject({ t: 0, p: 1 });
  expect(cohenDz([sum, 1], [third, 1])).toBe(0);
  expect(wilcoxonSignedRankTest([sum, 2, 1], [third, 1, 2])).toMatchObject({ n: 2, statistic: 1.5 });
});

test('what is small beside the values, but more than rounding, is kept', () => {
  const base = [0.5, 0.25, 0.75];
  const other = base.map((value, i) => value + (i + 1) * 1e-9);
  expect(pairedTTest(other, base).t).toBeCloseTo(2 * Math.sqrt(3), 5); // 1, 2, 3: as by hand, in units of 1e-9
  expect([...pairedDifferences([1e6 + 1, 3e-9], [1e6, 1e-9])][1]).toBe(3e-9 - 1e-9); // each by the size of its own pair
});

test('a mean of one number, however often, has no spread, and is that number', () => {
  expect(meanInterval([0.1, 0.1, 0.1])).toEqual({ value: 0.1, standardError: 0, lower: 0.1, upper: 0.1, n: 3 });
  expect(meanInterval([0.1 + 0.2, 0.3]).standardError).toBe(0);
});

test("groups without spread, resamples that are all one, correlations of 1: undefined where they differ, p = 1 where they don't", () => {
  const [apart] = tukeyHsd([
    [0.1 + 0.2, 0.3],
    [0.2, 0.2],
  ]);
  expect(apart.p).toBeNaN();
  const [same] = tukeyHsd([
    [0.1 + 0.2, 0.3],
    [0.3, 0.3],
  ]);
  expect(same.p).toBe(1);
  const [ones, less] = [new Float64Array(50).fill(1), new Float64Array(50).fill(1 - 1e-15)];
  expect(
    bootstrapDifference(
      1,
      -1,
      ones,
      ones.map((r) => -r),
      9,
    ).p,
  ).toBeNaN();
  expect(bootstrapDifference(1, 1 - 1e-15, ones, less, 9).p).toBe(1);
  expect(williamsTest({ first: 1, second: 1 - 2 ** -52, between: 1, n: 9 }).p).toBe(1);
  expect(mengTest({ first: 1, second: 0.5, between: 0.5, n: 9 })).toEqual({
    z: Number.NaN,
    p: Number.NaN,
    lower: Number.NaN,
    upper: Number.NaN,
  });
});

test('undefined p-values stay undefined and are not counted among the comparisons', () => {
  expect(correctDefined('bonferroni', [0.01, null, Number.NaN, 0.3])).toEqual([0.02, null, null, 0.6]);
  expect(correctDefined('holm', [])).toEqual([]);
});

test('two seeds with one difference: no p and no star; another method beside it is corrected alone', () => {
  const values = [
    [[0.4], [0.5], [0.3]],
    [[0.6], [0.7], [0.8]],
    [[0.3], [0.4], [0.2]],
  ]; // [seed][method][metric]
  const method = (label: string) => ({ label, name: label, reference: false, notes: [] });
  const summary = compareMethods({
    samples: 'seeds',
    baseline: 'a',
    methods: ['a', 'b', 'c'].map(method),
    metrics: ['m'],
    values,
  });
  const [, b, c] = summary.methods.map(({ cells }) => cells[0]);
  expect(b).toMatchObject({ p: null, adjustedP: null, difference: { standardError: 0 } });
  expect(b.difference?.value).toBeCloseTo(0.1, 12);
  expect(c.adjustedP).toBe(c.p);
  expect(c.p).toBeGreaterThan(0);
});

test('seeds and queries: a constant is found whatever the sums round to', () => {
  for (const constant of [0.1, 1 / 3]) expect(crossedTTest(new Float64Array(77).fill(constant), 7, 11).p).toBeNaN();
});
