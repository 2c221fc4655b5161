import { UsageError } from '../../../src/errors.ts';
import { cohenDz } from '../../../src/stats/cohen-dz.ts';
import { holmCorrection } from '../../../src/stats/holm-correction.ts';
import { pairedDifferences } from '../../../src/stats/paired-differences.ts';
import { pairedTTest } from '../../../src/stats/paired-t-test.ts';
import { winTieLoss } from '../../../src/stats/win-tie-loss.ts';

test('paired t-test by hand: differences 1, 2, 3 → t = 2/(1/√3), 2 degrees of freedom', () => {
  const { t, p, degreesOfFreedom, difference } = pairedTTest([2, 4, 6], [1, 2, 3]);
  expect(t).toBeCloseTo(2 * Math.sqrt(3), 14);
  expect(degreesOfFreedom).toBe(2);
  expect(p).toBeCloseTo(1 - t / Math.sqrt(2 + t * t), 12); // closed form for 2 degrees of freedom
  expect(difference).toMatchObject({ value: 2, n: 3 });
  expect(pairedTTest([1, 2, 3], [2, 4, 6]).t).toBe(-t);
});

test('differences without spread', () => {
  expect(pairedTTest([1, 2], [1, 2])).toMatchObject({ t: 0, p: 1 });
  expect(pairedTTest([2, 3], [1, 2])).toMatchObject({ t: Number.NaN, p: Number.NaN, difference: { value: 1, lower: 1, upper: 1 } });
  expect(cohenDz([1, 2], [1, 2])).toBe(0);
});

test('d_z is the mean difference in standard deviations', () => {
  expect(cohenDz([2, 4, 6], [1, 2, 3])).toBeCloseTo(2 / 1, 14);
  expect(cohenDz([...[2, 4, 6], ...[2, 4, 6]], [...[1, 2, 3], ...[1, 2, 3]])).toBeCloseTo(2 / Math.sqrt(4 / 5), 14);
});

test('wins, ties and losses, with and without tolerance', () => {
  expect(winTieLoss([1, 2, 3, 4], [0, 2, 4, 4.05])).toEqual({ wins: 1, ties: 1, losses: 2 });
  expect(winTieLoss([1, 2, 3, 4], [0, 2, 4, 4.05], 0.1)).toEqual({ wins: 1, ties: 2, losses: 1 });
});

test('Holm multiplies the smallest p by m, keeps the order monotone and the input in place', () => {
  const pValues = [0.04, 0.01, 0.03, 0.9];
  expect([...holmCorrection(pValues)]).toEqual([0.09, 0.04, 0.09, 0.9]); // 2 · 0.04 = 0.08 is lifted to 3 · 0.03
  expect(pValues).toEqual([0.04, 0.01, 0.03, 0.9]);
  expect([...holmCorrection([0.5, 0.7])]).toEqual([1, 1]);
  expect(holmCorrection([])).toHaveLength(0);
  expect(() => holmCorrection([0.1, Number.NaN])).toThrow('got NaN at 1');
});

test('what is not paired is refused', () => {
  expect([...pairedDifferences([3, 1], [1, 1])]).toEqual([2, 0]);
  expect(() => pairedDifferences([1], [])).toThrow(UsageError);
  expect(() => pairedDifferences([], [])).toThrow('at least one pair');
  expect(() => pairedDifferences([1, Number.NaN], [1, 1])).toThrow('pair 1 must be two finite numbers');
  expect(() => pairedTTest([1], [0])).toThrow('at least two pairs');
  expect(() => cohenDz([1], [0])).toThrow('at least two pairs');
});
