import { type ListPolicy, shownLists } from '../../simulators/shown-lists.ts';
import type { QuerySet } from '../../src/data/query-set.ts';
import { createRng } from '../../src/random/rng.ts';
import { chiSquareZ } from '../src/random/goodness-of-fit.ts';
import { smallQueries } from './small-queries.ts';

/** Every shown list as query, documents and weight. */
function shown(querySet: QuerySet, policy: ListPolicy, seed = 'lists') {
  const { lists, weights } = shownLists(querySet, policy, createRng(seed));
  return Array.from(weights, (weight, l) => ({
    query: lists.keys.values[l],
    docs: [...lists.items.values.subarray(lists.offsets.values[l], lists.offsets.values[l + 1])],
    weight,
  }));
}

const six = smallQueries(6);
const scores = Float32Array.of(0.5, 2, 0.4, -1, 1.9, 0);

test('ties are shown in an order drawn once for a query, as likely in each (chi-square, 3,000 seeds)', () => {
  const counts = new Map<string, number>();
  for (let t = 0; t < 3000; t++) {
    const lists = shown(smallQueries(4), { scores: Float32Array.of(0, 1, 0, 0), positions: 3, listsPerQuery: 2 }, `${t}`);
    expect(lists.map(({ weight }) => weight)).toEqual([2]);
    counts.set(lists[0].docs.join(), (counts.get(lists[0].docs.join()) ?? 0) + 1);
  }
  expect([...counts.keys()].sort()).toEqual(['1,0,2', '1,0,3', '1,2,0', '1,2,3', '1,3,0', '1,3,2']);
  expect(chiSquareZ([...counts.values()], new Array(6).fill(1 / 6))).toBeLessThan(4.5);
});

test('by score, cut off; queries without documents show nothing', () => {
  const set = smallQueries(4, 0, 2);
  expect(shown(set, { scores: Float32Array.of(0.5, 3, 0.2, 2, -1, 1), positions: 3 })).toEqual([
    { query: 0, docs: [1, 3, 0], weight: 1 },
    { query: 2, docs: [5, 4], weight: 1 },
  ]);
});

test('a cutoff past the end shows every document once', () => {
  expect(shown(six, { scores, positions: 99 })).toEqual([{ query: 0, docs: [1, 4, 0, 2, 5, 3], weight: 1 }]);
});

test('equal draws are one list with their weights added', () => {
  expect(shown(six, { scores, positions: 2, listsPerQuery: 5 })).toEqual([{ query: 0, docs: [1, 4], weight: 5 }]);
});

test('with a temperature, draws follow Plackett–Luce with scores / temperature (chi-square, 30,000 draws)', () => {
  const temperature = 2;
  const lists = shown(six, { scores, positions: 2, temperature, listsPerQuery: 30_000 });
  const strength = Float64Array.from(scores, (score) => Math.exp(score / temperature));
  const sum = strength.reduce((total, s) => total + s, 0);
  const [counts, probabilities] = [new Float64Array(36), new Float64Array(36)];
  for (let i = 0; i < 6; i++)
    for (let j = 0; j < 6; j++) if (i !== j) probabilities[6 * i + j] = ((strength[i] / sum) * strength[j]) / (sum - strength[i]);
  for (const { docs, weight } of lists) counts[6 * docs[0] + docs[1]] = weight;
  expect(chiSquareZ(counts, probabilities)).toBeLessThan(4.5);
});

test('a low temperature comes near the order by score', () => {
  const [most] = shown(six, { scores, positions: 6, temperature: 0.01, listsPerQuery: 100 }).sort((a, b) => b.weight - a.weight);
  expect(most.docs.slice(0, 2).sort()).toEqual([1, 4]);
  expect(most.docs.slice(4)).toEqual([5, 3]);
});

test('shuffled: what is shown stays, its order is uniform over all 6 (chi-square, 12,000 draws)', () => {
  const lists = shown(six, { scores, positions: 3, shuffled: true, listsPerQuery: 12_000 });
  expect(lists.every(({ docs }) => [...docs].sort().join() === '0,1,4')).toBe(true);
  expect(
    chiSquareZ(
      lists.map(({ weight }) => weight),
      new Array(6).fill(1 / 6),
    ),
  ).toBeLessThan(4.5);
});

test('a shuffled share: that part of the weight in random order, the rest by score', () => {
  const lists = shown(six, { scores, positions: 3, shuffled: 0.25, listsPerQuery: 12_000 });
  const total = lists.reduce((sum, { weight }) => sum + weight, 0);
  const byScore = lists.find(({ docs }) => docs.join() === '1,4,0');
  expect(total).toBeCloseTo(12_000, 6);
  expect(Math.abs((byScore?.weight ?? 0) / total - (0.75 + 0.25 / 6))).toBeLessThan(5 * 0.25 * Math.sqrt(5 / 36 / 12_000));
});

test('one seed gives the same lists, another seed others', () => {
  const policy = { scores, positions: 4, temperature: 1, listsPerQuery: 3 };
  expect(shown(six, policy, 'a')).toEqual(shown(six, policy, 'a'));
  expect(shown(six, policy, 'a')).not.toEqual(shown(six, policy, 'b'));
});

test.each([
  [{ positions: 0 }, 'positions must be a whole number of at least 1, got 0'],
  [{ positions: 2.5 }, 'positions must be a whole number of at least 1, got 2.5'],
  [{ temperature: -1 }, 'temperature must be finite and at least 0, got -1'],
  [{ temperature: Infinity }, 'temperature must be finite and at least 0, got Infinity'],
  [{ listsPerQuery: 0 }, 'listsPerQuery must be a whole number of at least 1, got 0'],
  [{ shuffled: 1.5 }, 'the shuffled share of sessions must be in [0, 1], got 1.5'],
  [{ scores: new Float32Array(5) }, 'expected 6 production scores, one per document, got 5'],
  [{ scores: Float32Array.of(0, 1, 2, Number.NaN, 4, 5) }, 'production score 3 must be finite, got NaN'],
])('%j is refused', (fault, message) => {
  expect(() => shown(six, { scores, positions: 3, ...fault })).toThrow(message);
});

test('a temperature by which scores cannot be divided is refused: infinite logits would all tie', () => {
  expect(() => shown(six, { scores: scores.map((score) => 1e10 * score), positions: 3, temperature: 1e-300 })).toThrow(
    /temperature 1e-300 is too near 0 to divide scores by; 0 orders by score/,
  );
});
