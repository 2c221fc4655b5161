import { Matrix, SingularValueDecomposition } from 'ml-matrix';
import type { ClickLog } from '../../../src/data/click-log.ts';
import { ClickLogBuilder } from '../../../src/data/click-log-builder.ts';
import { impressionsByRank, rankAndFeatures, rankOverlap } from '../../../src/diagnostics/index.ts';
import { createRng } from '../../../src/random/rng.ts';

/** Lists of documents, and the sessions that saw each. */
function logOf(lists: readonly (readonly [readonly number[], number])[]): ClickLog {
  const builder = new ClickLogBuilder();
  for (const [docs, count] of lists) builder.addRow(builder.addList(0, docs), new Array(docs.length).fill(0), count);
  return builder.build();
}

test('overlap of ranks: who moved, what neighbours compare, and how fixed ranks are', () => {
  const log = logOf([
    [[0, 1, 2], 6],
    [[1, 0, 2], 2],
    [[3, 4], 10],
  ]);
  const overlap = rankOverlap(impressionsByRank(log));
  expect([...overlap.impressions]).toEqual([18, 18, 8]);
  expect([...overlap.moved]).toEqual([8 / 18, 8 / 18, 0]);
  expect([...overlap.compared]).toEqual([2 * ((2 * 6 * 2) / 8), 0]);
  expect(overlap.atUsualRank).toBe((6 + 6 + 8 + 10 + 10) / 44);
});

/** The matrix itself, its columns of root mean square 1, the features centred; and its singular values over the root of its rows. */
function plain(log: ClickLog, features: readonly (readonly number[])[]): { readonly rank: number; readonly smallest: number } {
  const K = Math.max(...[...log.queries].map((_, l) => log.offsets[l + 1] - log.offsets[l]));
  const pairs = new Map<string, readonly [number, number]>();
  for (let l = 0; l < log.queries.length; l++)
    for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++)
      pairs.set(`${log.docs[i]} ${i - log.offsets[l]}`, [log.docs[i], i - log.offsets[l]]);
  const rows = [...pairs.values()];
  const means = features[0].map((_, f) => rows.reduce((sum, [d]) => sum + features[d][f], 0) / rows.length);
  const X = rows.map(([d, k]) => [...Array.from({ length: K }, (_, j) => Number(j === k)), ...features[d].map((x, f) => x - means[f])]);
  const sizes = X[0].map((_, c) => Math.hypot(...X.map((row) => row[c])));
  const { diagonal } = new SingularValueDecomposition(new Matrix(X.map((row) => row.map((x, c) => x / sizes[c]))), { autoTranspose: true });
  return { rank: diagonal.filter((value) => value > 1e-5 * diagonal[0]).length, smallest: Math.min(...diagonal) };
}

const querySet = (features: readonly (readonly number[])[]) => ({
  features: Float32Array.from(features.flat()),
  featureCount: features[0].length,
});

const documents = 40;
const fixedLists = (): ClickLog =>
  logOf(Array.from({ length: documents / 4 }, (_, l) => [[4 * l, 4 * l + 1, 4 * l + 2, 4 * l + 3], 5] as const));

test('ranks and features that have nothing to do with each other: full rank, as singular values of the matrix itself', () => {
  const rng = createRng('features');
  const features = Array.from({ length: documents }, () => Array.from({ length: 3 }, () => Math.fround(100 * rng.next())));
  const found = rankAndFeatures(impressionsByRank(fixedLists()), querySet(features));
  const { rank, smallest } = plain(fixedLists(), features);
  expect(found).toMatchObject({ rows: documents, columns: 7, constantFeatures: 0, rank: 7, lost: 0 });
  expect(found.rank).toBe(rank);
  expect(found.smallestSingularValue).toBeCloseTo(smallest, 9);
});

test('a feature that is the rank loses one contrast, and one that is constant is left out', () => {
  const rng = createRng('rank');
  const features = Array.from({ length: documents }, (_, d) => [rng.next(), (d % 4) / 10, 7].map(Math.fround));
  const found = rankAndFeatures(impressionsByRank(fixedLists()), querySet(features));
  expect(found).toMatchObject({ columns: 6, constantFeatures: 1, rank: 5, lost: 1 });
  expect(found.explained).toBeCloseTo(1, 9);
  expect(found.smallestSingularValue).toBeLessThan(1e-6);
  expect(
    plain(
      fixedLists(),
      features.map(([x, r]) => [x, r]),
    ).rank,
  ).toBe(5);
});

test('features that are copies of each other lose rank, but no contrast of ranks', () => {
  const rng = createRng('copies');
  const features = Array.from({ length: documents }, () => {
    const x = Math.fround(rng.next());
    return [x, 2 * x];
  });
  expect(rankAndFeatures(impressionsByRank(fixedLists()), querySet(features))).toMatchObject({ columns: 6, rank: 5, lost: 0 });
});

test('explained: the squared correlation of a feature and the rank, where there are two ranks', () => {
  const [low, high] = [
    [1, 2, 4],
    [3, 5, 9],
  ]; // at rank 1 and 2
  const log = logOf([0, 1, 2].map((l) => [[2 * l, 2 * l + 1], 1] as const));
  const values = [0, 1, 2].flatMap((l) => [low[l], high[l]]);
  const ranks = values.map((_, i) => i % 2);
  const mean = (numbers: readonly number[]) => numbers.reduce((sum, x) => sum + x, 0) / numbers.length;
  const cross = (a: readonly number[], b: readonly number[]) => mean(a.map((x, i) => (x - mean(a)) * (b[i] - mean(b))));
  const found = rankAndFeatures(impressionsByRank(log), querySet(values.map((value) => [value])));
  expect(found.explained).toBeCloseTo(cross(values, ranks) ** 2 / (cross(values, values) * cross(ranks, ranks)), 12);
});

test('documents that move count once for every rank that they had', () => {
  const log = logOf([
    [[0, 1], 3],
    [[1, 0], 1],
  ]);
  expect(rankAndFeatures(impressionsByRank(log), querySet([[0], [1]]))).toMatchObject({ rows: 4, rank: 3, explained: 0, lost: 0 });
});

test('a feature that is missing counts as the mean of the rows that have it', () => {
  const rng = createRng('gaps');
  const whole = Array.from({ length: documents }, () => [rng.next(), rng.next(), 3]);
  const gaps = whole.map((row, d) => [d % 3 === 0 ? Number.NaN : row[0], row[1], d % 2 === 0 ? Number.NaN : 3]);
  const present = gaps.map(([x]) => x).filter((x) => !Number.isNaN(x));
  const mean = present.reduce((sum, x) => sum + Math.fround(x), 0) / present.length; // each document is at one rank
  const filled = gaps.map(([x, y]) => [Number.isNaN(x) ? mean : x, y, 3]);
  const [found, expected] = [gaps, filled].map((features) => rankAndFeatures(impressionsByRank(fixedLists()), querySet(features)));
  expect(found).toMatchObject({ rank: expected.rank, constantFeatures: 1, lost: expected.lost });
  expect(found.explained).toBeCloseTo(expected.explained, 5);
  expect(found.smallestSingularValue).toBeCloseTo(expected.smallestSingularValue, 5);
});
