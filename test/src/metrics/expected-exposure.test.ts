import { type EmptyQueries, evaluateRanking, metrics } from '../../../src/metrics/index.ts';

const offsets = Uint32Array.of(0, 4);
const at = (scores: number[], labels: number[], persistence = 0.5) =>
  evaluateRanking(Float32Array.from(scores), { labels: Float32Array.from(labels), offsets }, ['ee-l', 'ee-d', 'ee-r', 'ee-l@2', 'ee-d@2'], {
    persistence,
  });

test('of one order: disparity is that of the looks, and loss that against the mean look of each grade', () => {
  const found = at([4, 3, 2, 1], [0, 2, 1, 1]); // looks 1, 1/2, 1/4, 1/8; due 1/8, 1, 3/8, 3/8
  const [exposure, due] = [
    [1, 1 / 2, 1 / 4, 1 / 8],
    [1 / 8, 1, 3 / 8, 3 / 8],
  ];
  expect(found['ee-d'][0]).toBeCloseTo(1 + 1 / 4 + 1 / 16 + 1 / 64, 12);
  expect(found['ee-l'][0]).toBeCloseTo(
    exposure.reduce((sum, e, d) => sum + (e - due[d]) ** 2, 0),
    12,
  );
  expect(found['ee-r'][0]).toBeCloseTo(
    exposure.reduce((sum, e, d) => sum + 2 * e * due[d], 0),
    12,
  );
});

test('ties share what they are looked at: the ranking with ties is a policy, fair to equals where a single order is not', () => {
  const ties = at([2, 2, 2, 2], [1, 1, 1, 1]);
  const order = at([4, 3, 2, 1], [1, 1, 1, 1]);
  expect(ties['ee-l'][0]).toBeCloseTo(0, 12);
  expect(ties['ee-d'][0]).toBeCloseTo(4 * ((1 + 1 / 2 + 1 / 4 + 1 / 8) / 4) ** 2, 12);
  expect(ties['ee-d@2'][0]).toBeCloseTo(4 * (1.5 / 4) ** 2, 12); // two looks among four
  expect(order['ee-l'][0]).toBeGreaterThan(0.1);
  expect(order['ee-d'][0]).toBeGreaterThan(ties['ee-d'][0]);
});

test('the cutoff ends what is looked at and what is due; unjudged documents are due what irrelevant ones are', () => {
  const found = at([4, 3, 2, 1], [2, 1, 0, -1]);
  expect(found['ee-l@2'][0]).toBe(0);
  expect(found['ee-l'][0]).toBeCloseTo(2 * (1 / 16) ** 2, 12); // looks 1/4, 1/8 and 3/16 due to both
});

test.each<[EmptyQueries, number]>([
  ['zero', 0],
  ['skip', Number.NaN],
])('a query without a relevant document: %s', (emptyQueries, value) => {
  for (const name of ['ee-l', 'ee-d', 'ee-r'] as const)
    expect(metrics[name].compute(Float32Array.of(0, -1), Uint32Array.of(0, 2), { emptyQueries })[0]).toBe(value);
});
