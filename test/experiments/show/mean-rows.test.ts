import { meanRows } from '../../../experiments/show/mean-rows.ts';
import { UsageError } from '../../../src/errors.ts';
import { meanEstimate, pairedTTest } from '../../../src/stats/index.ts';

test('a row per list: mean and interval, and the paired difference from the baseline, which has none', () => {
  const values = { a: [1, 2, 4], b: [2, 2, 5] };
  const [a, b] = meanRows(values, 'a');
  const { value, lower, upper } = meanEstimate(values.a);
  expect(a).toEqual({ name: 'a', mean: value, lower, upper });
  const { difference } = pairedTTest(values.b, values.a);
  expect(b).toMatchObject({ name: 'b', mean: 3, 'above a by': 2 / 3, from: difference.lower, to: difference.upper });
});

test('refuses a baseline that is none of them, and lists that are no pairs', () => {
  expect(() => meanRows({ a: [1] }, 'c')).toThrow('baseline "c" is none of a');
  expect(() => meanRows({ a: [1, 2], b: [1] }, 'a')).toThrow(UsageError);
});
