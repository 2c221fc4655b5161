import { UsageError } from '../../../src/errors.ts';
import { gaussian } from '../../../src/random/gaussian.ts';
import { createRng } from '../../../src/random/rng.ts';
import { crossedTTest, pairedTTest } from '../../../src/stats/index.ts';

const rng = createRng('crossed-t-test');
const normal = (n: number, scale: number) => Float64Array.from({ length: n }, () => scale * gaussian(rng));
/** d_sq = shift + a_s + b_q + e_sq. */
const world = (shift: number, a: Float64Array, b: Float64Array, noise: number) =>
  Float64Array.from(
    { length: a.length * b.length },
    (_, i) => shift + a[Math.floor(i / b.length)] + b[i % b.length] + noise * gaussian(rng),
  );

test('where only one side varies it is the paired t-test over that side', () => {
  const queries = normal(40, 1).map((value) => value + 0.3);
  for (const [crossed, sample] of [
    [crossedTTest(world(0, new Float64Array(4), queries, 0), 4, 40), queries],
    [crossedTTest(world(0, queries, new Float64Array(3), 0), 40, 3), queries],
  ] as const) {
    const plain = pairedTTest(sample, new Float64Array(40));
    expect(crossed.t).toBeCloseTo(plain.t, 8);
    expect(crossed.degreesOfFreedom).toBeCloseTo(39, 8);
    expect(crossed.p).toBeCloseTo(plain.p, 10);
    expect(crossed.difference.lower).toBeCloseTo(plain.difference.lower, 10);
  }
});

test('a hand-made table: mean squares 4, 16 and 1 give variance 19/4 and Satterthwaite degrees of freedom', () => {
  // seed effect ±1, query effect ±2, residual ±½: M_a = 2·(1 + 1) = 4, M_b = 2·(4 + 4) = 16, M_e = 4·¼ = 1
  const { difference, degreesOfFreedom } = crossedTTest([10 + 1 + 2 + 0.5, 10 + 1 - 2 - 0.5, 10 - 1 + 2 - 0.5, 10 - 1 - 2 + 0.5], 2, 2);
  expect(difference.value).toBeCloseTo(10, 12);
  expect(difference.standardError).toBeCloseTo(Math.sqrt((4 + 16 - 1) / 4), 12);
  expect(degreesOfFreedom).toBeCloseTo(19 ** 2 / (4 ** 2 + 16 ** 2 + 1), 12);
});

test.each([
  [3, 30, 0.1, 0.3, 0.2],
  [5, 60, 0.1, 0.1, 0.5],
  [10, 30, 0.2, 0, 0.3],
  [5, 40, 0, 0.3, 0.2],
])('the interval covers the truth 95 times of 100: %d seeds, %d queries, effects %d, %d, noise %d', (S, Q, seeds, queries, noise) => {
  const trials = 600;
  let covered = 0;
  let rejected = 0;
  for (let trial = 0; trial < trials; trial++) {
    const { difference, p } = crossedTTest(world(0.7, normal(S, seeds), normal(Q, queries), noise), S, Q);
    if (difference.lower <= 0.7 && 0.7 <= difference.upper) covered++;
    if (crossedTTest(world(0, normal(S, seeds), normal(Q, queries), noise), S, Q).p < 0.05) rejected++;
    expect(p >= 0 && p <= 1).toBe(true);
  }
  const standardError = Math.sqrt((0.95 * 0.05) / trials);
  expect(covered / trials).toBeGreaterThan(0.95 - 0.02 - 4 * standardError); // Satterthwaite's approximation is good to about 0.02
  expect(rejected / trials).toBeLessThan(0.05 + 0.02 + 4 * standardError);
});

test('nothing but zeros is no difference; one constant has no spread to be measured in', () => {
  expect(crossedTTest(new Float64Array(6), 2, 3)).toMatchObject({ t: 0, p: 1, difference: { value: 0, lower: 0, upper: 0 } });
  for (const constant of [0.5, 0.1, -1e9])
    expect(crossedTTest(new Float64Array(21).fill(constant), 3, 7)).toMatchObject({
      t: Number.NaN,
      p: Number.NaN,
      difference: { value: constant, standardError: 0, lower: constant, upper: constant },
    });
});

test.each([
  [[1, 2], 1, 2, /at least two of each, got 1 and 2/],
  [[1, 2, 3], 2, 2, /expected 4 differences, 2 × 2, got 3/],
  [[1, 2, 3, Number.NaN], 2, 2, /difference 3 must be finite, got NaN/],
])('%j as %d × %d is refused', (values, S, Q, message) => {
  expect(() => crossedTTest(values, S, Q)).toThrow(UsageError);
  expect(() => crossedTTest(values, S, Q)).toThrow(message);
});
