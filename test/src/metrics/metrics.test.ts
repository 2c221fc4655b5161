import { UsageError } from '../../../src/errors.ts';
import { averagePrecision } from '../../../src/metrics/average-precision.ts';
import { dcg } from '../../../src/metrics/dcg.ts';
import { err } from '../../../src/metrics/err.ts';
import type { EmptyQueries, MetricOptions } from '../../../src/metrics/metric-options.ts';
import { type MetricEntry, metrics } from '../../../src/metrics/metrics.ts';
import { ndcg } from '../../../src/metrics/ndcg.ts';
import { precision } from '../../../src/metrics/precision.ts';
import { rankBiasedPrecision } from '../../../src/metrics/rank-biased-precision.ts';
import { rankLabels } from '../../../src/metrics/rank-labels.ts';
import { recall } from '../../../src/metrics/recall.ts';
import { reciprocalRank } from '../../../src/metrics/reciprocal-rank.ts';

const ranked = Float32Array.of(0, 2, -1, 1, /* next query */ 1, 0);
const offsets = Uint32Array.of(0, 4, 6);
const close = (values: readonly number[]) => values.map((value) => expect.closeTo(value, 14));
const log2 = Math.log2;

test('dcg adds discounted gains up to the cutoff', () => {
  expect([...dcg(ranked, offsets)]).toEqual(close([3 / log2(3) + 1 / log2(5), 1]));
  expect([...dcg(ranked, offsets, { cutoff: 2 })]).toEqual(close([3 / log2(3), 1]));
  expect([...dcg(ranked, offsets, { gain: 'linear' })]).toEqual(close([2 / log2(3) + 1 / log2(5), 1]));
});

test('ndcg divides by the ideal of all judged documents, cut at k', () => {
  expect([...ndcg(ranked, offsets)]).toEqual(close([(3 / log2(3) + 1 / log2(5)) / (3 + 1 / log2(3)), 1]));
  expect([...ndcg(ranked, offsets, { cutoff: 2 })]).toEqual(close([3 / log2(3) / (3 + 1 / log2(3)), 1]));
  expect([...ndcg(ranked, offsets, { cutoff: 1 })]).toEqual([0, 1]);
});

test('ndcg as rax', () => {
  const labels = Float32Array.of(2, 0, 1, 0, 0, 1);
  const values = ndcg(rankLabels(Float32Array.of(2, 1, 3, 1, 0.5, 1.5), labels, Uint32Array.of(0, 3, 6)).ranked, Uint32Array.of(0, 3, 6));
  expect(values[0]).toBeCloseTo(0.79671, 5);
  expect((values[0] + values[1]) / 2).toBeCloseTo(0.89835, 5);
});

test('err: the user stops at grade y with probability (2^y − 1)/2^Y', () => {
  expect([...err(ranked, offsets)]).toEqual(close([3 / 16 / 2 + ((13 / 16) * (1 / 16)) / 4, 1 / 16]));
  expect([...err(ranked, offsets, { highestGrade: 2, cutoff: 3 })]).toEqual(close([3 / 4 / 2, 1 / 4]));
});

test('reciprocal rank of the first relevant document', () => {
  expect([...reciprocalRank(ranked, offsets)]).toEqual([1 / 2, 1]);
  expect([...reciprocalRank(ranked, offsets, { cutoff: 1 })]).toEqual([0, 1]);
});

test('average precision, also with a cutoff, over all relevant documents', () => {
  expect([...averagePrecision(ranked, offsets)]).toEqual([(1 / 2 + 2 / 4) / 2, 1]);
  expect([...averagePrecision(ranked, offsets, { cutoff: 2 })]).toEqual([1 / 2 / 2, 1]);
});

test('precision divides by k, recall by the relevant documents', () => {
  expect([...precision(ranked, offsets, { cutoff: 2 })]).toEqual([1 / 2, 1 / 2]);
  expect([...precision(ranked, offsets, { cutoff: 4 })]).toEqual([2 / 4, 1 / 4]); // the second query has two documents
  expect([...precision(ranked, offsets)]).toEqual([2 / 4, 1 / 2]);
  expect([...recall(ranked, offsets, { cutoff: 2 })]).toEqual([1 / 2, 1]);
});

test('rank-biased precision weighs rank r with (1 − p) p^(r − 1)', () => {
  expect([...rankBiasedPrecision(ranked, offsets, { persistence: 0.5 })]).toEqual(close([0.5 * (0.5 + 0.125), 0.5]));
  expect([...rankBiasedPrecision(ranked, offsets)]).toEqual(close([0.2 * (0.8 + 0.8 ** 3), 0.2]));
  expect([...rankBiasedPrecision(ranked, offsets, { cutoff: 2 })]).toEqual(close([0.2 * 0.8, 0.2]));
});

test('the threshold says what is relevant to a binary metric', () => {
  const second = { threshold: 2 };
  expect([...reciprocalRank(ranked, offsets, second)]).toEqual([1 / 2, 0]);
  expect([...recall(ranked, offsets, { ...second, emptyQueries: 'skip' })]).toEqual([1, Number.NaN]);
});

/** To Saito's recall every item counts a little, so that it is never 0: recommendation-metrics.test.ts; expected exposure is more where it is worse. */
const usual = Object.entries<MetricEntry>(metrics).filter(([name]) => !['saito-recall', 'ee-d', 'ee-l'].includes(name));

describe.each(usual)('%s', (_name, { compute, description }) => {
  const empty = Float32Array.of(0, -1, 0);
  test('says what it is', () => expect(description).toMatch(/^\w.{10,}[^.]$/));
  test.each<[EmptyQueries, number]>([
    ['zero', 0],
    ['skip', Number.NaN],
    ['one', 1],
  ])('a query without a relevant document or without any: %s', (emptyQueries, value) => {
    expect([...compute(empty, Uint32Array.of(0, 3, 3), { emptyQueries })]).toEqual([value, value]);
    expect(compute(empty, Uint32Array.of(0, 3))[0]).toBe(0);
  });
  test('rewards what is above the cutoff only', () => {
    const better = compute(Float32Array.of(2, 1, 0, 0), Uint32Array.of(0, 4), { cutoff: 2 })[0];
    const worse = compute(Float32Array.of(0, 0, 2, 1), Uint32Array.of(0, 4), { cutoff: 2 })[0];
    expect(worse).toBe(0);
    expect(better).toBeGreaterThan(0);
  });
  test.each<MetricOptions>([{ cutoff: 0 }, { cutoff: 1.5 }, { cutoff: Number.NaN }, { emptyQueries: 'constructor' as EmptyQueries }])(
    'refuses %p',
    (options) => expect(() => compute(ranked, offsets, options)).toThrow(UsageError),
  );
  test('refuses labels that the offsets do not cover', () => expect(() => compute(ranked, Uint32Array.of(0, 4))).toThrow(UsageError));
});

test('bad options of single metrics are refused', () => {
  expect(() => err(ranked, offsets, { highestGrade: 1 })).toThrow('label 2 is above highestGrade 1');
  expect(() => err(ranked, offsets, { highestGrade: 0 })).toThrow(UsageError);
  expect(() => recall(ranked, offsets, { threshold: 0 })).toThrow(UsageError);
  expect(() => rankBiasedPrecision(ranked, offsets, { persistence: 1 })).toThrow(UsageError);
  expect(() => dcg(ranked, offsets, { gain: 'quadratic' as 'linear' })).toThrow('known: exponential, linear');
});

test.each([dcg, ndcg])('a label without a finite gain is refused, not scored NaN', (metric) => {
  const [ranked, offsets] = [Float32Array.of(3000, 0), Uint32Array.of(0, 2)];
  expect(() => metric(ranked, offsets)).toThrow('label 3000 has no finite exponential gain; use linear gain, or grades of a smaller scale');
  expect(metric(ranked, offsets, { gain: 'linear' })[0]).toBeGreaterThan(0);
});
