import { rangeOf } from '../../../experiments/charts/encodings.ts';

test('the range of numbers, however many, and of what is none', () => {
  expect(rangeOf(Array.from({ length: 500_000 }, (_, i) => (7 * i) % 500_000))).toEqual([0, 499_999]);
  expect(rangeOf([null, Number.NaN, 3, undefined, -2, Infinity])).toEqual([-2, 3]);
  expect(rangeOf([null, Number.NaN])).toBeUndefined();
});
