import { UsageError } from '../../../src/errors.ts';
import { metricMatrix } from '../../../src/meta-evaluation/metric-matrix.ts';
import { clustersOf, resampleClusters } from '../../../src/meta-evaluation/resampling-unit.ts';
import { satisfactionAgreement } from '../../../src/meta-evaluation/satisfaction-agreement.ts';
import { scoreSessions } from '../../../src/meta-evaluation/scored-sessions.ts';
import { gaussian } from '../../../src/random/gaussian.ts';
import { createRng, type Rng } from '../../../src/random/rng.ts';
import { kendallTauB } from '../../../src/stats/kendall-tau-b.ts';
import { pearson } from '../../../src/stats/pearson.ts';
import { spearman } from '../../../src/stats/spearman.ts';
import { rated, session, told } from './rated-sessions.ts';

const normals = (n: number, rng: Rng) => Array.from({ length: n }, () => gaussian(rng));

test('only rated search sessions on which every metric is defined are kept, and the rest is counted', () => {
  const sessions = [...rated(Array.from({ length: 12 }, (_, i) => i % 5)), session('s12', undefined)];
  const values = Array.from({ length: 13 }, (_, i) => (i === 3 ? Number.NaN : i));
  const other = Array.from({ length: 13 }, (_, i) => (i === 7 ? Number.NaN : -i));
  const scored = scoreSessions(sessions, [told('m', values), told('o', other)]);
  expect(scored).toMatchObject({ metrics: ['m', 'o'], read: 13, unrated: 1, undefinedCounts: [1, 1] });
  expect([...scored.values[0]]).toEqual([0, 1, 2, 4, 5, 6, 8, 9, 10, 11]);
  expect([...scored.satisfaction]).toEqual([0, 1, 2, 4, 0, 1, 3, 4, 0, 1]);
  const zero = scoreSessions(sessions, [told('m', values), told('o', other)], 'zero');
  expect([zero.sessions.length, zero.values[0][3], zero.values[1][7]]).toEqual([12, 0, 0]);
});

test.each<[string, () => unknown]>([
  [
    'none of 2 search sessions has a satisfaction',
    () => scoreSessions([session('s0', undefined), session('s1', Number.NaN)], [told('m', [1, 2])]),
  ],
  [
    'has a satisfaction of its own, only queries have: there is nothing',
    () => scoreSessions([{ id: 's', queries: [{ satisfaction: 4, results: [] }] }], [told('m', [1])]),
  ],
  [
    'every one of 12 search sessions has satisfaction 3',
    () => scoreSessions(rated(new Array(12).fill(3)), [told('m', new Array(12).fill(1))]),
  ],
  ['at least 10 search sessions, got 9', () => scoreSessions(rated([1, 2, 3, 4, 5, 6, 7, 8, 9]), [told('m', new Array(9).fill(1))])],
  [
    'm is undefined in 12 of 12 rated ones',
    () => scoreSessions(rated(Array.from({ length: 12 }, (_, i) => i)), [told('m', new Array(12).fill(Number.NaN))]),
  ],
  ['at least one metric', () => scoreSessions(rated([1, 2]), [])],
  ['"m" is named twice', () => scoreSessions(rated([1, 2]), [told('m', []), told('m', [])])],
])('refuses: %s', (message, act) => {
  expect(act).toThrow(UsageError);
  expect(act).toThrow(message);
});

test('coefficients are those of the statistics, differences those of the coefficients, Holm is over the other metrics', () => {
  const rng = createRng('agreement');
  const ratings = normals(80, rng);
  const noisy = (noise: number) => ratings.map((value) => value + noise * gaussian(rng));
  const [a, b, c] = [noisy(0.5), noisy(1), noisy(2)];
  const scored = scoreSessions(rated(ratings), [told('a', a), told('b', b), told('c', c)]);
  const rows = satisfactionAgreement(scored, createRng('x'), { baseline: 'a', resamples: 400 });
  expect(rows.map(({ metric, correlation }) => `${metric} ${correlation}`)).toEqual(
    ['a', 'b', 'c'].flatMap((metric) => ['pearson', 'spearman', 'kendall'].map((name) => `${metric} ${name}`)),
  );
  const of = { pearson, spearman, kendall: kendallTauB };
  for (const { metric, correlation, estimate, difference, p, adjustedP, williamsP } of rows) {
    const values = { a, b, c }[metric] as number[];
    expect(estimate.value).toBeCloseTo(of[correlation](values, ratings), 12);
    expect(estimate.lower).toBeLessThan(estimate.value);
    expect(estimate.upper).toBeGreaterThan(estimate.value);
    if (metric === 'a') expect([difference, p, adjustedP, williamsP]).toEqual([null, null, null, null]);
    else expect(difference?.value).toBeCloseTo(estimate.value - of[correlation](a, ratings), 12);
    if (metric !== 'a') expect(adjustedP).toBeGreaterThanOrEqual(p as number);
    if (metric === 'c') expect([p, williamsP].filter((one) => one !== null && one > 0.05)).toEqual([]);
    if (metric !== 'a') expect(williamsP === null).toBe(correlation !== 'pearson');
  }
  expect(satisfactionAgreement(scored, createRng('x'), { baseline: 'a', resamples: 400 })).toEqual(rows);
  expect(() => satisfactionAgreement(scored, createRng('x'), { baseline: 'aa' })).toThrow(
    'baseline "aa" is not among the metrics; they are: a, b, c',
  );
  expect(satisfactionAgreement(scored, createRng('x'), { resamples: 10 }).every(({ difference }) => difference === null)).toBe(true);
});

test('a metric that is constant has no correlation, and takes no part in the correction', () => {
  const ratings = normals(40, createRng('constant'));
  const metrics = [
    told('baseline', ratings),
    told('constant', new Array(40).fill(2)),
    told(
      'reversed',
      ratings.map((v) => -v),
    ),
  ];
  const rows = satisfactionAgreement(scoreSessions(rated(ratings), metrics), createRng('x'), { baseline: 'baseline', resamples: 100 });
  const find = (name: string) => rows.find(({ metric, correlation }) => metric === name && correlation === 'spearman');
  expect(find('constant')).toMatchObject({ estimate: { value: Number.NaN }, adjustedP: null });
  expect(find('reversed')).toMatchObject({ estimate: { value: expect.closeTo(-1, 10) }, adjustedP: find('reversed')?.p });
});

test('two metrics that are equally good are called different in about one comparison of twenty', () => {
  const rng = createRng('null');
  const repeats = 250;
  const small = { pearson: 0, spearman: 0, kendall: 0 };
  for (let r = 0; r < repeats; r++) {
    const ratings = normals(60, rng);
    const shared = normals(60, rng);
    const metric = () => ratings.map((value, i) => value + 0.7 * shared[i] + gaussian(rng));
    const scored = scoreSessions(rated(ratings), [told('a', metric()), told('b', metric())]);
    for (const { p, correlation } of satisfactionAgreement(scored, rng.fork(`${r}`), { baseline: 'a', resamples: 150 }))
      if (p !== null && p <= 0.05) small[correlation]++;
  }
  // the percentile bootstrap errs a little on the many side at n = 60
  for (const count of Object.values(small)) expect(count / repeats).toBeLessThan(0.07 + 4 * Math.sqrt((0.05 * 0.95) / repeats));
  for (const count of Object.values(small)) expect(count).toBeGreaterThan(0);
});

test('sessions of a topic that are copies of each other: resampling topics says how little is known', () => {
  const rng = createRng('clusters');
  const ratings = normals(20, rng).flatMap((value) => new Array<number>(10).fill(value));
  const values = normals(20, rng).flatMap((value) => new Array<number>(10).fill(value));
  const sessions = rated(ratings).map((one, i) => ({ ...one, topic: `t${Math.floor(i / 10)}` }));
  const scored = scoreSessions(sessions, [told('m', values)]);
  const [bySession, byTopic] = (['session', 'topic'] as const).map(
    (unit) => satisfactionAgreement(scored, createRng('x'), { unit, resamples: 600 })[0].estimate.standardError,
  );
  expect(byTopic / bySession).toBeGreaterThan(0.8 * Math.sqrt(10)); // ten copies: √10
  expect(byTopic / bySession).toBeLessThan(1.25 * Math.sqrt(10));
});

test('clusters are drawn whole; a missing topic or only one is refused', () => {
  const topics = ['x', 'y', 'x', 'z'];
  const sessions = topics.map((topic, i) => session(`s${i}`, 1, { topic }));
  const clusters = clustersOf(sessions, 'topic');
  expect([[...clusters.of], clusters.count]).toEqual([[0, 1, 0, 2], 3]);
  resampleClusters(clusters, 50, createRng('x'), (counts) => {
    expect(counts[0]).toBe(counts[2]);
    expect(counts[0] + counts[1] + counts[3]).toBe(3);
  });
  expect(() => clustersOf([session('s0', 1)], 'user')).toThrow('search session s0 has no user: resample by session instead');
  expect(() => clustersOf(sessions.slice(0, 1), 'topic')).toThrow('all search sessions have one topic');
});

test('the matrix is symmetric, 1 with itself, NaN for a constant', () => {
  const [a, b] = [Float64Array.of(1, 2, 3, 4), Float64Array.of(1, 3, 2, 9)];
  const matrix = metricMatrix([a, b, Float64Array.of(1, 1, 1, 1)]);
  expect(matrix[0][1]).toBeCloseTo(4 / 6, 14);
  expect(
    matrix
      .map((row, i) => row.map((value, j) => value - matrix[j][i]))
      .flatMap((row) => [...row])
      .filter((d) => d !== 0 && !Number.isNaN(d)),
  ).toEqual([]);
  expect([matrix[0][0], matrix[2][2], matrix[2][0]]).toEqual([1, Number.NaN, Number.NaN]);
  expect(metricMatrix([a, b], 'spearman')[0][1]).toBeCloseTo(0.8, 14);
});
