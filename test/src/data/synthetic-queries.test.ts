import type { QuerySet } from '../../../src/data/query-set.ts';
import { type SyntheticOptions, syntheticOptions } from '../../../src/data/synthetic-options.ts';
import { syntheticQueries } from '../../../src/data/synthetic-queries.ts';
import { createRng } from '../../../src/random/rng.ts';
import { safeParse } from '../../../src/schema.ts';

function options(changes: Partial<SyntheticOptions> = {}): SyntheticOptions {
  const result = safeParse(syntheticOptions, changes);
  if (!result.success) throw new Error(result.issues[0].message);
  return result.output;
}
const make = (changes: Partial<SyntheticOptions> = {}, seed = 'synthetic-test') => syntheticQueries(options(changes), createRng(seed));

/** Mean NDCG@10, gains 2^y − 1, 0 where nothing is relevant; written out here so that the test leans on no metric of ours. */
function ndcg({ offsets, labels }: QuerySet, scores: (row: number) => number): number {
  const dcg = (order: number[]) => order.slice(0, 10).reduce((sum, d, i) => sum + (2 ** labels[d] - 1) / Math.log2(i + 2), 0);
  let total = 0;
  for (let q = 0; q + 1 < offsets.length; q++) {
    const rows = Array.from({ length: offsets[q + 1] - offsets[q] }, (_, i) => offsets[q] + i);
    const ideal = dcg(rows.toSorted((a, b) => labels[b] - labels[a]));
    if (ideal > 0) total += dcg(rows.toSorted((a, b) => scores(b) - scores(a))) / ideal;
  }
  return total / (offsets.length - 1);
}

/** Least squares of the labels on `basis(x)`, by elimination on the normal equations with a small ridge. */
function leastSquares(set: QuerySet, basis: (x: Float32Array) => number[]): (x: Float32Array) => number {
  const rows = Array.from(set.labels, (_, d) => basis(set.features.subarray(d * set.featureCount, (d + 1) * set.featureCount)));
  const n = rows[0].length;
  const system = Array.from({ length: n }, (_, i) => new Float64Array(n + 1).map((_, j) => (i === j ? 1 : 0)));
  rows.forEach((row, d) => {
    for (let i = 0; i < n; i++) {
      for (let j = 0; j < n; j++) system[i][j] += row[i] * row[j];
      system[i][n] += row[i] * set.labels[d];
    }
  });
  for (let i = 0; i < n; i++)
    for (let k = 0; k < n; k++) {
      if (k === i) continue;
      const factor = system[k][i] / system[i][i];
      for (let j = i; j <= n; j++) system[k][j] -= factor * system[i][j];
    }
  const weights = system.map((row, i) => row[n] / row[i]);
  return (x) => basis(x).reduce((sum, value, i) => sum + value * weights[i], 0);
}

const scorer = (set: QuerySet, score: (x: Float32Array) => number) => (row: number) =>
  score(set.features.subarray(row * set.featureCount, (row + 1) * set.featureCount));

test('the defaults: sizes, and grades in the shares asked for', () => {
  const { train, validation, test: held } = make();
  expect([train, validation, held].map((set) => set.queryIds.length)).toEqual([400, 100, 200]);
  expect(new Set([train, validation, held].flatMap((set) => set.queryIds)).size).toBe(700);
  const labels = [train, validation, held].flatMap((set) => [...set.labels]);
  options().labelShares.forEach((share, grade) => {
    expect(labels.filter((label) => label === grade).length / labels.length).toBeCloseTo(share, 3);
  });
  for (const { offsets, docIds, features, featureCount, labels } of [train, validation, held]) {
    const sizes = Array.from(offsets.subarray(1), (end, q) => end - offsets[q]);
    expect([Math.min(...sizes), Math.max(...sizes)]).toEqual([10, 30]);
    expect([docIds.length, features.length / featureCount]).toEqual([labels.length, labels.length]);
    expect(docIds.slice(0, 3)).toEqual(['1', '2', '3']);
    expect(features.every(Number.isFinite)).toBe(true);
  }
});

test('a linear ranker learns most, products of features add to it, and some queries have nothing relevant', () => {
  const quality = { random: 0, linear: 0, quadratic: 0, empty: 0 };
  const seeds = ['a', 'b', 'c'];
  for (const seed of seeds) {
    const { train, test: held } = make({ features: 10 }, seed);
    const random = createRng(`random/${seed}`);
    const linear = (x: Float32Array) => [1, ...x];
    const quadratic = (x: Float32Array) => [1, ...x, ...[...x].flatMap((a, i) => [...x.subarray(i)].map((b) => a * b))];
    quality.random += ndcg(held, () => random.next()) / seeds.length;
    quality.linear += ndcg(held, scorer(held, leastSquares(train, linear))) / seeds.length;
    quality.quadratic += ndcg(held, scorer(held, leastSquares(train, quadratic))) / seeds.length;
    quality.empty += Array.from(held.offsets.subarray(1), (end, q) => held.labels.slice(held.offsets[q], end)).filter(
      (y) => Math.max(...y) === 0,
    ).length;
  }
  expect(quality.random).toBeLessThan(0.5);
  expect(quality.linear).toBeGreaterThan(0.7);
  expect(quality.linear).toBeLessThan(0.9);
  expect(quality.quadratic).toBeGreaterThan(quality.linear + 0.01);
  expect(quality.empty).toBeGreaterThan(0);
});

test('with no noise and no nonlinearity a linear ranker is all but perfect', () => {
  const { train, test: held } = make({ labelNoise: 0, nonlinearity: 0, features: 8 });
  expect(
    ndcg(
      held,
      scorer(
        held,
        leastSquares(train, (x) => [1, ...x]),
      ),
    ),
  ).toBeGreaterThan(0.97);
});

test('features have variance 1 and correlate as asked', () => {
  const meanSquareCorrelation = (correlation: number) => {
    const { train } = make({ correlation, features: 10 });
    const { features, featureCount: width, labels } = train;
    const product = (f: number, g: number) =>
      labels.reduce((sum, _, d) => sum + features[d * width + f] * features[d * width + g], 0) / labels.length;
    let squares = 0;
    for (let f = 0; f < width; f++) {
      expect(Math.abs(product(f, f) - 1)).toBeLessThan(0.1);
      for (let g = 0; g < f; g++) squares += product(f, g) ** 2 / ((width * (width - 1)) / 2);
    }
    return squares;
  };
  expect(meanSquareCorrelation(0)).toBeLessThan(0.002);
  // E (λ_f · λ_g)² = 1/5 for directions in five dimensions, so ρ²/5, up to the draw of 45 pairs
  expect(meanSquareCorrelation(0.8)).toBeGreaterThan(0.64 / 5 / 2);
  expect(meanSquareCorrelation(0.8)).toBeLessThan((0.64 / 5) * 2);
});

test('useless features say nothing of the label once they do not correlate with useful ones', () => {
  const { train } = make({ correlation: 0, usefulShare: 0.5, features: 10, trainQueries: 2000, nonlinearity: 0 });
  const { features, featureCount: width, labels } = train;
  const mean = labels.reduce((sum, label) => sum + label, 0) / labels.length;
  const spread = Math.sqrt(labels.reduce((sum, label) => sum + (label - mean) ** 2, 0) / labels.length);
  const bound = 5 / Math.sqrt(labels.length); // five standard errors of a correlation of 0
  const telling = Array.from(
    { length: width },
    (_, f) => labels.reduce((sum, label, d) => sum + (label - mean) * features[d * width + f], 0) / labels.length / spread,
  );
  expect(telling.filter((r) => Math.abs(r) > bound).length).toBeLessThanOrEqual(5);
  expect(telling.filter((r) => Math.abs(r) > bound).length).toBeGreaterThanOrEqual(3);
});

test('one seed, one set; another seed, another', () => {
  const few = { trainQueries: 5, validationQueries: 2, testQueries: 2 };
  expect(make(few)).toEqual(make(few));
  expect(make(few, 'other').train.features).not.toEqual(make(few).train.features);
});

test('options are strict: shares sum to 1, the range is in order, no unknown key', () => {
  expect(() => options({ labelShares: [0.5, 0.4] })).toThrow(/sum to 1/);
  expect(() => options({ documentsPerQuery: [5, 2] })).toThrow(/fewest, most/);
  expect(() => options({ documentsPerQuery: [5] })).toThrow(/fewest, most/);
  expect(() => options({ queries: 5 } as Partial<SyntheticOptions>)).toThrow();
});
