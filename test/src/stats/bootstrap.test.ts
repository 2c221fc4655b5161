import { UsageError } from '../../../src/errors.ts';
import { gaussian } from '../../../src/random/gaussian.ts';
import { createRng, type Rng } from '../../../src/random/rng.ts';
import { bootstrapInterval, percentileInterval, quantile, resample } from '../../../src/stats/bootstrap.ts';
import { bootstrapDifference } from '../../../src/stats/bootstrap-difference.ts';
import { countedMean } from '../../../src/stats/counted-mean.ts';
import type { Estimate } from '../../../src/stats/estimate.ts';
import { pairedBootstrapTest } from '../../../src/stats/paired-bootstrap-test.ts';
import { twoWayBootstrap } from '../../../src/stats/two-way-bootstrap.ts';

const draws = (n: number, rng: Rng, draw: (rng: Rng) => number) => Array.from({ length: n }, () => draw(rng));
const variance = (values: readonly number[]) => {
  const mean = values.reduce((sum, v) => sum + v, 0) / values.length;
  return values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / values.length;
};

test('a resample takes n units, each as often as any other', () => {
  const [n, resamples] = [20, 3000];
  const sums = new Float64Array(n);
  resample(n, resamples, createRng('resample'), (counts) => {
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(n);
    for (let i = 0; i < n; i++) sums[i] += counts[i];
  });
  for (const sum of sums) expect(Math.abs(sum / resamples - 1)).toBeLessThan(4 * Math.sqrt((1 - 1 / n) / resamples));
});

test('quantiles as numpy: linear between neighbours', () => {
  expect([0, 0.25, 0.5, 0.9, 1].map((share) => quantile([1, 2, 4, 8], share))).toEqual([1, 1.75, 3, expect.closeTo(6.8, 12), 8]);
  expect(quantile([], 0.5)).toBeNaN();
});

test('the standard error of a mean is √(Σ (v − v̄)²/n²), whatever the distribution', () => {
  const values = [1, 5, 2, 9, 4, 4, 0, 7];
  const { value, standardError, n } = bootstrapInterval(8, countedMean(values), createRng('mean'), { resamples: 20_000 });
  expect([value, n]).toEqual([4, 8]);
  expect(Math.abs(standardError / Math.sqrt(variance(values) / 8) - 1)).toBeLessThan(4 * Math.sqrt(1 / 40_000));
});

/** Of repeated samples, the share whose 95 % interval holds the truth, and that misses it below and above. */
function coverage(repeats: number, truth: number, interval: (rng: Rng) => Estimate) {
  const rng = createRng('coverage');
  const missed = { below: 0, above: 0 };
  for (let r = 0; r < repeats; r++) {
    const { lower, upper } = interval(rng.fork(`${r}`));
    if (lower > truth) missed.below++;
    if (upper < truth) missed.above++;
  }
  return { covered: 1 - (missed.below + missed.above) / repeats, above: missed.above / repeats };
}

const exponential = (rng: Rng) => -Math.log1p(-rng.double());
const skewed = (method: 'percentile' | 'bca') =>
  coverage(600, 1, (rng) => bootstrapInterval(30, countedMean(draws(30, rng, exponential)), rng.fork('b'), { method, resamples: 400 }));

test('percentile intervals of 100 normal values cover their mean about as often as they say', () => {
  const { covered } = coverage(800, 0, (rng) =>
    bootstrapInterval(100, countedMean(draws(100, rng, gaussian)), rng.fork('b'), { resamples: 400 }),
  );
  // the percentile interval of a mean is a z interval with the biased standard deviation: 0.944 here
  expect(Math.abs(covered - 0.944)).toBeLessThan(4 * Math.sqrt(0.05 / 800));
});

test('on skewed values BCa misses less on the long side than percentile, on the same samples', () => {
  const [percentile, bca] = [skewed('percentile'), skewed('bca')];
  expect(bca.above).toBeLessThan(percentile.above);
  expect(bca.covered).toBeGreaterThan(0.95 - 0.03 - 4 * Math.sqrt(0.05 / 600));
});

test('BCa of a symmetric sample is the percentile interval; shifted and scaled with the values', () => {
  const values = [-3, -2, -1, 1, 2, 3];
  const interval = (of: number[], method: 'percentile' | 'bca') =>
    bootstrapInterval(6, countedMean(of), createRng('x'), { method, resamples: 999 });
  const [percentile, bca] = [interval(values, 'percentile'), interval(values, 'bca')];
  expect(Math.abs(bca.lower - percentile.lower)).toBeLessThan(0.25 * percentile.standardError);
  const moved = interval(
    values.map((v) => 10 + 2 * v),
    'bca',
  );
  expect(moved.lower).toBeCloseTo(10 + 2 * bca.lower, 10);
  expect(interval([2, 2, 2, 2, 2, 2], 'bca')).toMatchObject({ lower: 2, upper: 2, value: 2 });
});

test('a difference on shared resamples is narrower where the two have much in common, and its p agrees with its interval', () => {
  const rng = createRng('difference');
  const common = draws(60, rng, gaussian);
  const a = common.map((v) => v + 0.1 * gaussian(rng) + 0.03);
  const b = common.map((v) => v + 0.1 * gaussian(rng));
  const [statA, statB] = [countedMean(a), countedMean(b)];
  const [drawnA, drawnB] = [new Float64Array(999), new Float64Array(999)];
  resample(60, 999, rng, (counts, k) => {
    drawnA[k] = statA(counts);
    drawnB[k] = statB(counts);
  });
  const one = new Float64Array(60).fill(1);
  for (const level of [0.5, 0.8, 0.95, 0.99]) {
    const { difference, p } = bootstrapDifference(statA(one), statB(one), drawnA, drawnB, 60, level);
    expect(difference.standardError).toBeLessThan(0.3 * bootstrapInterval(60, statA, rng.fork('a')).standardError);
    if (p < 1 - level - 0.01) expect(difference.lower > 0 || difference.upper < 0).toBe(true);
    if (p > 1 - level + 0.01) expect(difference.lower <= 0 && difference.upper >= 0).toBe(true);
  }
});

test('two ways: the variance is σ_a²/S + σ_b²/Q + 3σ_e²/SQ, less what estimating the effects takes away', () => {
  const rng = createRng('two-way');
  const [seeds, queries] = [12, 30];
  const [a, b] = [draws(seeds, rng, gaussian), draws(queries, rng, gaussian)];
  // additive values have no σ_e: both bootstraps are exact and independent
  const additive = a.map((own) => b.map((other) => own + other));
  const { value, standardError, n } = twoWayBootstrap(additive, createRng('x'), { resamples: 8000 });
  expect(value).toBeCloseTo(a.reduce((s, v) => s + v, 0) / seeds + b.reduce((s, v) => s + v, 0) / queries, 12);
  expect(n).toBe(seeds * queries);
  expect(Math.abs(standardError / Math.sqrt(variance(a) / seeds + variance(b) / queries) - 1)).toBeLessThan(4 * Math.sqrt(1 / 16_000));
});

test('two ways: intervals cover the mean over new seeds and queries, where resampling queries alone does not', () => {
  const [seeds, queries] = [15, 25];
  const world = (rng: Rng) => {
    const [a, b] = [draws(seeds, rng, gaussian), draws(queries, rng, gaussian)];
    return a.map((own) => b.map((other) => 0.5 * own + 0.5 * other + gaussian(rng)));
  };
  const both = coverage(300, 0, (rng) => twoWayBootstrap(world(rng), rng.fork('b'), { resamples: 300 }));
  const queriesOnly = coverage(300, 0, (rng) => {
    const values = world(rng);
    const perQuery = values[0].map((_, q) => values.reduce((sum, row) => sum + row[q], 0) / seeds);
    return bootstrapInterval(queries, countedMean(perQuery), rng.fork('b'), { resamples: 300 });
  });
  expect(both.covered).toBeGreaterThan(0.95 - 4 * Math.sqrt(0.05 / 300));
  expect(queriesOnly.covered).toBeLessThan(both.covered - 0.03);
});

test('paired bootstrap test: a tenth of p ≤ 0.1 under the hypothesis; edges', () => {
  const rng = createRng('level');
  let small = 0;
  for (let t = 0; t < 500; t++) {
    const values = draws(25, rng, (r) => r.next() - 0.5);
    if (pairedBootstrapTest(values, new Float64Array(25), rng.fork(`${t}`), 199).p <= 0.1) small++;
  }
  expect(Math.abs(small / 500 - 0.1)).toBeLessThan(4 * Math.sqrt(0.09 / 500));
  const far = draws(30, rng, (r) => 3 + gaussian(r));
  expect(pairedBootstrapTest(far, new Float64Array(30), rng, 999).p).toBe(1 / 1000);
  expect(pairedBootstrapTest([1, 2], [1, 2], rng).p).toBe(1);
});

test('refuses what cannot be resampled', () => {
  const rng = createRng('x');
  expect(() => bootstrapInterval(0, countedMean([]), rng)).toThrow(UsageError);
  expect(() => bootstrapInterval(2, countedMean([1, 2]), rng, { level: 1 })).toThrow('got 1; try 0.95');
  expect(() => bootstrapInterval(2, countedMean([1, 2]), rng, { level: 0, method: 'bca' })).toThrow('got 0; try 0.95');
  expect(() => bootstrapInterval(2, countedMean([1, 2]), rng, { resamples: 0 })).toThrow('resamples');
  expect(() => countedMean([1, Number.NaN])).toThrow('values[1] must be finite');
  expect(() => twoWayBootstrap([[1, 2]], rng)).toThrow('two seeds and two queries, got 1 and 2');
  expect(() => twoWayBootstrap([[1, 2], [1]], rng)).toThrow('seed 1 has 1');
  expect(() =>
    twoWayBootstrap(
      [
        [1, 2],
        [1, Number.NaN],
      ],
      rng,
    ),
  ).toThrow('seed 1, query 1');
  expect(() => pairedBootstrapTest([1], [2], rng)).toThrow('at least two pairs');
  expect(() => pairedBootstrapTest([1, 2], [2, 3], rng, 0)).toThrow('resamples');
});

test.each([40, 99, 400])(
  'of %i resamples that lie where those of a uniform law lie on average the interval has 95 of a hundred',
  (resamples) => {
    const drawn = Float64Array.from({ length: resamples }, (_, k) => (k + 1) / (resamples + 1)); // E of the k-th smallest
    const { lower, upper } = percentileInterval(0.5, drawn, 10);
    expect([lower, upper]).toEqual([expect.closeTo(0.025, 12), expect.closeTo(0.975, 12)]);
  },
);

test('of few resamples the interval ends where they do', () => {
  expect(percentileInterval(2, Float64Array.of(3, 1, 2), 10)).toMatchObject({ lower: 1, upper: 3 });
  expect(percentileInterval(2, Float64Array.of(2), 10)).toMatchObject({ lower: 2, upper: 2 });
});
