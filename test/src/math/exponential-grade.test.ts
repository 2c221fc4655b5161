import { UsageError } from '../../../src/errors.ts';
import { gains } from '../../../src/label-gains.ts';
import { HIGHEST_EXPONENTIAL_GRADE, twoToThe } from '../../../src/math/exponential-grade.ts';

test.each([0, 1, 2, 4, 30, 31, 40, 0.5, 2.5, HIGHEST_EXPONENTIAL_GRADE])('2^%d is what the power function says', (label) => {
  expect(twoToThe(label)).toBe(2 ** label);
});

test('the square of a sum of gains is a number up to the highest grade, and none is given above', () => {
  const sum = 2 ** 20 * twoToThe(HIGHEST_EXPONENTIAL_GRADE);
  expect(sum * sum).toBeLessThan(Infinity);
  for (const label of [401, 1023, 1024, Infinity]) {
    expect(() => twoToThe(label)).toThrow(UsageError);
    expect(() => gains.exponential(label)).toThrow(/label .* has no finite exponential gain; use linear gain/);
    expect(gains.linear(label)).toBe(label);
  }
});
