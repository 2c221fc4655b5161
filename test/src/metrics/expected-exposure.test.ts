import { type EmptyQueries, evaluateRanking, metrics, policyExposure } from '../../../src/metrics/index.ts';

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

describe('of the Plackett–Luce policy', () => {
  const labels = [0, 2, 1, 1];
  const drawn = (scores: number[], name: 'ee-d' | 'ee-l' | 'ee-r', options: object = {}) =>
    policyExposure(name, Float64Array.from(scores), { labels: Float32Array.from(labels), offsets }, { persistence: 0.5, ...options })[0];

  test.each(['ee-d', 'ee-l', 'ee-r'] as const)('%s: equal scores are ties, scores far apart one order', (name) => {
    for (const scores of [
      [1, 1, 1, 1],
      [300, 100, 200, 0],
    ])
      expect(drawn(scores, name)).toBeCloseTo(at(scores, labels)[name][0], 8);
  });

  test('by the probabilities of its orders, with a cutoff', () => {
    const scores = [0.3, -0.5, 1, 0];
    const odds = scores.map(Math.exp);
    const all = odds.reduce((a, b) => a + b);
    const exposure = odds.map((own, d) => {
      const second = odds.reduce((sum, first, f) => (f === d ? sum : sum + (first / all) * (own / (all - first))), 0);
      return own / all + 0.5 * second;
    });
    const due = [0, 1, 1 / 4, 1 / 4];
    expect(drawn(scores, 'ee-d', { cutoff: 2 })).toBeCloseTo(
      exposure.reduce((sum, e) => sum + e ** 2, 0),
      8,
    );
    expect(drawn(scores, 'ee-l', { cutoff: 2 })).toBeCloseTo(
      exposure.reduce((sum, e, d) => sum + (e - due[d]) ** 2, 0),
      8,
    );
  });

  test('a query without a relevant document, as of one ranking', () => {
    const none = { labels: Float32Array.of(0, -1), offsets: Uint32Array.of(0, 2) };
    expect([...policyExposure('ee-d', Float64Array.of(1, 2), none)]).toEqual([0]);
    expect([...policyExposure('ee-d', Float64Array.of(1, 2), none, { emptyQueries: 'skip' })]).toEqual([Number.NaN]);
  });
});
