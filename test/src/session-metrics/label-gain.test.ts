import { gainShares, labelGains, twoToThe } from '../../../src/session-metrics/label-gain.ts';

test.each([0, 1, 2, 4, 30, 31, 40, 0.5, 2.5])('2^%d is what the power function says', (label) => {
  expect(twoToThe(label)).toBe(2 ** label);
});

test('gains and their shares', () => {
  expect([0, 1, 3].map(labelGains.linear)).toEqual([0, 1, 3]);
  expect([0, 1, 3].map(labelGains.exponential)).toEqual([0, 1, 7]);
  expect([0, 1, 4].map((label) => gainShares.linear(label, 4))).toEqual([0, 1 / 4, 1]);
  expect([0, 1, 4].map((label) => gainShares.exponential(label, 4))).toEqual([0, 1 / 16, 15 / 16]);
});
