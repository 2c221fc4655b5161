import { readFileSync } from 'node:fs';
import { exposures, policyUtility, RankingDraws, rankingLogProbability, rankProbabilities } from '../../../src/plackett-luce/index.ts';
import { createRng } from '../../../src/random/rng.ts';
import { sharedData, testWithData } from '../metrics/read-trec.ts';

const { exp, log2 } = Math;

/** All orders of `ranks` out of n documents. */
function rankings(n: number, ranks: number, above: readonly number[] = []): number[][] {
  if (above.length === Math.min(n, ranks)) return [[...above]];
  return Array.from({ length: n }, (_, d) => d).flatMap((d) => (above.includes(d) ? [] : rankings(n, ranks, [...above, d])));
}

/** Σ over all rankings of their probability times what PL-Rank-3 estimates from each. */
function exactGradient(scores: readonly number[], relevance: readonly number[], theta: readonly number[]): number[] {
  const slopes = new Float64Array(scores.length);
  const draws = new RankingDraws();
  draws.begin(scores, 0, scores.length);
  for (const ranking of rankings(scores.length, theta.length)) {
    draws.take(ranking);
    draws.policyGradient(relevance, theta, exp(rankingLogProbability(scores, ranking)), slopes);
  }
  return [...slopes];
}

const moved = (values: readonly number[], at: number, by: number) => values.map((value, i) => (i === at ? value + by : value));

const six = {
  scores: [0.3, -1.2, 0.8, 0, 1.5, -0.4],
  relevance: [1, 0, 7, -0.5, 0, 3],
  theta: [1, 1 / log2(3), 0.5, 0.25],
};

test('probabilities of all rankings sum to 1, and of two documents are a sigmoid', () => {
  const sum = rankings(6, 3).reduce((all, ranking) => all + exp(rankingLogProbability(six.scores, ranking)), 0);
  expect(sum).toBeCloseTo(1, 12);
  expect(rankingLogProbability([40, 0], [1])).toBeCloseTo(-40 - Math.log1p(exp(-40)), 12);
  expect(rankingLogProbability([800, 0, -800], [0, 1, 2])).toBe(0);
});

test.each([2, 3, 6])('rank probabilities are those of all rankings together, first %d ranks', (ranks) => {
  const expected = new Float64Array(6 * ranks);
  for (const ranking of rankings(6, ranks)) {
    const probability = exp(rankingLogProbability(six.scores, ranking));
    ranking.forEach((d, k) => {
      expected[d * ranks + k] += probability;
    });
  }
  rankProbabilities(six.scores, ranks).forEach((probability, i) => {
    expect(probability).toBeCloseTo(expected[i], 13);
  });
});

test('of every rank, probabilities of all documents sum to 1, and of every document those of all ranks; at any gap of scores', () => {
  const scores = Float64Array.from({ length: 12 }, (_, d) => d * d * 9);
  const all = rankProbabilities(scores, 12);
  for (let i = 0; i < 12; i++) {
    const [ofDocument, ofRank] = [0, 0].map((_, by) => Array.from({ length: 12 }, (_none, j) => all[by === 0 ? i * 12 + j : j * 12 + i]));
    expect(ofDocument.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
    expect(ofRank.reduce((a, b) => a + b)).toBeCloseTo(1, 12);
  }
  expect(exposures([5, 1], []).every((e) => e === 0)).toBe(true);
  expect([...exposures([], [1])]).toEqual([]);
});

test.each([1e-4, 1e-7, 1e-10])('exposures to an accuracy of %d', (accuracy) => {
  for (const scale of [0, 1, 5]) {
    const scores = six.scores.map((s) => scale * s);
    const [exact, rough] = [exposures(scores, six.theta), exposures(scores, six.theta, accuracy)];
    rough.forEach((e, d) => {
      expect(Math.abs(e - exact[d])).toBeLessThan(accuracy);
    });
  }
});

test('PL-Rank-3 over all rankings of six documents is the slope of the exact utility, and that of Σ P U ∇log P', () => {
  const { scores, relevance, theta } = six;
  const gradient = exactGradient(scores, relevance, theta);
  const utility = (ranking: readonly number[]) => ranking.reduce((sum, d, k) => sum + theta[k] * relevance[d], 0);
  gradient.forEach((slope, d) => {
    const value = (by: number) => policyUtility(moved(scores, d, by), relevance, theta);
    expect(slope).toBeCloseTo((value(1e-4) - value(-1e-4)) / 2e-4, 7);
    const byScoreFunction = rankings(6, theta.length).reduce((sum, ranking) => {
      const logP = (by: number) => rankingLogProbability(moved(scores, d, by), ranking);
      return sum + exp(logP(0)) * utility(ranking) * ((logP(1e-5) - logP(-1e-5)) / 2e-5);
    }, 0);
    expect(slope).toBeCloseTo(byScoreFunction, 7);
  });
  expect(gradient.reduce((a, b) => a + b)).toBeCloseTo(0, 12);
});

test('at a gap of 40 the gradient has all its digits, and at one of 10,000 it is finite', () => {
  const [first, second] = exactGradient([40, 0], [0, 1], [1]);
  const p = exp(-40) / (1 + exp(-40));
  expect(second / (p * (1 - p))).toBeCloseTo(1, 12);
  expect(first / second).toBeCloseTo(-1, 12);
  expect(exactGradient([1e4, 0, -1e4], [0, 1, 3], [1, 0.5]).every(Number.isFinite)).toBe(true);
});

test('draws have the probabilities of rankings, and their mean gradient is the exact one', () => {
  const { scores, relevance, theta } = six;
  const [draws, rng, samples] = [new RankingDraws(), createRng('draws'), 40_000];
  const padded = [9, ...scores]; // the list starts at 1
  draws.begin(padded, 1, 7);
  const slopes = new Float64Array(6);
  const seen = new Map<string, number>();
  for (let s = 0; s < samples; s++) {
    draws.draw(4, rng);
    draws.policyGradient([99, ...relevance], theta, 1 / samples, slopes);
    const key = draws.ranking.join();
    seen.set(key, (seen.get(key) ?? 0) + 1);
  }
  for (const ranking of rankings(6, 4)) {
    const p = exp(rankingLogProbability(scores, ranking));
    expect(Math.abs((seen.get(ranking.join()) ?? 0) / samples - p)).toBeLessThan(5 * Math.sqrt(p / samples) + 1e-4);
  }
  exactGradient(scores, relevance, theta).forEach((slope, d) => {
    expect(Math.abs(slopes[d] - slope)).toBeLessThan(0.06); // a sample's deviation is below 3
  });
});

test('a draw of more ranks than documents ranks all', () => {
  const draws = new RankingDraws();
  draws.begin([1, 2, 3], 0, 3);
  draws.draw(10, createRng('all'));
  expect([...draws.ranking].sort()).toEqual([0, 1, 2]);
});

interface Example {
  readonly name: string;
  readonly scores: number[];
  readonly relevance: number[];
  readonly theta: number[];
  readonly rankProbability: number[][];
  readonly expectedExposure: number[];
  readonly utility: number;
  readonly gradient: number[];
  readonly topRankings: { readonly ranking: number[]; readonly logProbability: number }[];
}

testWithData('values of plackett-luce.json', () => {
  const { examples, twentyDocuments } = JSON.parse(readFileSync(sharedData('online-and-off-policy/plackett-luce.json'), 'utf8')) as {
    examples: Example[];
    twentyDocuments: Example;
  };
  for (const { scores, theta, rankProbability, expectedExposure } of [...examples, twentyDocuments]) {
    rankProbabilities(scores, theta.length).forEach((p, i) => {
      expect(p).toBeCloseTo(rankProbability[Math.floor(i / theta.length)][i % theta.length], 13);
    });
    exposures(scores, theta).forEach((e, d) => {
      expect(e).toBeCloseTo(expectedExposure[d], 13);
    });
  }
  for (const { scores, relevance, theta, utility, gradient, topRankings } of examples) {
    expect(policyUtility(scores, relevance, theta)).toBeCloseTo(utility, 12);
    exactGradient(scores, relevance, theta).forEach((slope, d) => {
      expect(Math.abs(slope - gradient[d])).toBeLessThan(1e-9);
    });
    for (const { ranking, logProbability } of topRankings) expect(rankingLogProbability(scores, ranking)).toBeCloseTo(logProbability, 12);
  }
});

test.each([
  [[1, Number.NaN, 0], /scores must be numbers, and differ where infinite; got NaN at place 2 of 3/],
  [[Infinity, 1, Infinity], /got Infinity at place 1 of 3/],
])('exposures of scores %p are refused', (scores, message) => {
  expect(() => exposures(scores, [1, 0.5])).toThrow(message);
});
