import { gainShares, labelGains } from '../../../src/session-metrics/label-gain.ts';

test('gains and their shares', () => {
  expect([0, 1, 3].map(labelGains.linear)).toEqual([0, 1, 3]);
  expect([0, 1, 3].map(labelGains.exponential)).toEqual([0, 1, 7]);
  expect([0, 1, 4].map((label) => gainShares.linear(label, 4))).toEqual([0, 1 / 4, 1]);
  expect([0, 1, 4].map((label) => gainShares.exponential(label, 4))).toEqual([0, 1 / 16, 15 / 16]);
});
