import { binomial } from '../../../src/random/binomial.ts';
import { createRng } from '../../../src/random/rng.ts';
import { chiSquareZ, normalCdf } from './goodness-of-fit.ts';

const draws = 100_000;

/** P(X = k) for k = 0 … n as a plain product, term by term. */
function pmf(n: number, p: number): number[] {
  let log = n * Math.log(1 - p);
  const values = [Math.exp(log)];
  for (let k = 1; k <= n; k++) {
    log += Math.log((n - k + 1) / k) + Math.log(p / (1 - p));
    values.push(Math.exp(log));
  }
  return values;
}

describe.each([1, 5, 40, 1000])('n = %d', (n) => {
  test.each([0.003, 0.05, 0.3, 0.5, 0.62, 0.97])('p = %d: 100,000 draws fit the exact distribution', (p) => {
    const rng = createRng(`binomial ${n} ${p}`);
    const counts = new Float64Array(n + 1);
    for (let t = 0; t < draws; t++) counts[binomial(n, p, rng)]++;
    expect(Math.abs(chiSquareZ(counts, pmf(n, p)))).toBeLessThan(4.5);
  });
});

describe.each([
  [1e9, 0.3],
  [1e12, 0.9999],
  [1e15, 0.5],
  [2 ** 53, 0.01],
])('n = %d, p = %d', (n, p) => {
  const rng = createRng(`binomial ${n} ${p}`);
  const deviation = Math.sqrt(n * p * (1 - p));
  const standardised = Float64Array.from({ length: draws }, () => (binomial(n, p, rng) - n * p) / deviation);
  const mean = (f: (z: number) => number) => standardised.reduce((sum, z) => sum + f(z), 0) / draws;

  test('mean and variance', () => {
    expect(Math.abs(mean((z) => z))).toBeLessThan(4 / Math.sqrt(draws));
    expect(Math.abs(mean((z) => z * z) - 1)).toBeLessThan(4 * Math.sqrt(2 / draws));
  });

  test('30 equal slices of the normal limit, and its tails beyond 3 deviations', () => {
    const slices = new Float64Array(30);
    for (const z of standardised) slices[Math.min(29, Math.floor(30 * normalCdf(z)))]++;
    // σ > 5,000: neither the skewness nor the steps of whole numbers move a slice by more than a hundredth of its noise
    expect(Math.abs(chiSquareZ(slices, new Float64Array(30).fill(1 / 30)))).toBeLessThan(4.5);
    const tail = 1 - normalCdf(3);
    for (const side of [-1, 1]) {
      const beyond = mean((z) => Number(side * z > 3));
      expect(Math.abs(beyond - tail)).toBeLessThan(5 * Math.sqrt(tail / draws));
    }
  });
});

describe('both sides of the switch at mean 10, and of ½', () => {
  test.each([
    [40, 0.249],
    [40, 0.251],
    [40, 0.749],
    [40, 0.751],
    [1000, 0.00999],
    [1000, 0.01],
    [1000, 0.99],
    [1000, 0.99001],
    [1000, 1e-6],
  ])('n = %d, p = %d', (n, p) => {
    const rng = createRng(`switch ${n} ${p}`);
    const counts = new Float64Array(n + 1);
    for (let t = 0; t < draws; t++) counts[binomial(n, p, rng)]++;
    expect(Math.abs(chiSquareZ(counts, pmf(n, p)))).toBeLessThan(4.5);
  });
});

describe('first three moments of 40,000 draws within 5 standard errors', () => {
  const cases = [1e9, 1e12, 2 ** 53 - 1].flatMap((n) => [0.5, 0.03, 0.97, 1e-6, 15 / n, 3 / n].map((p) => [n, p] as const));
  test.each(cases)('n = %d, p = %d', (n, p) => {
    const times = 40_000;
    const deviation = Math.sqrt(n * p * (1 - p));
    const rng = createRng(`moments ${n} ${p}`);
    const moments = [0, 0, 0];
    for (let t = 0; t < times; t++) {
      const x = binomial(n, p, rng);
      if (!(Number.isSafeInteger(x) && x >= 0 && x <= n)) throw new Error(`${x} is no count`);
      const z = (x - n * p) / deviation;
      for (let j = 0; j < 3; j++) moments[j] += z ** (j + 1) / times;
    }
    const skewness = (1 - 2 * p) / deviation;
    const excess = (1 - 6 * p * (1 - p)) / deviation ** 2;
    expect(Math.abs(moments[0])).toBeLessThan(5 / Math.sqrt(times));
    expect(Math.abs(moments[1] - 1)).toBeLessThan(5 * Math.sqrt((2 + excess) / times));
    const sixth = 15 + 25 * excess + 10 * skewness ** 2 + excess ** 2; // E z⁶ of a Poisson count, the most skewed here
    expect(Math.abs(moments[2] - skewness)).toBeLessThan(5 * Math.sqrt(sixth / times));
  });
});

test('rare successes of very many trials are Poisson', () => {
  for (const mean of [0.2, 2, 9.9, 10.1, 30]) {
    const rng = createRng(`rare ${mean}`);
    const counts = new Float64Array(100);
    for (let t = 0; t < draws; t++) counts[binomial(1e15, mean / 1e15, rng)]++;
    let mass = Math.exp(-mean);
    const poisson = counts.map((_, k) => {
      if (k > 0) mass *= mean / k;
      return mass;
    });
    expect(Math.abs(chiSquareZ(counts, poisson))).toBeLessThan(4.5);
  }
});

test('neighbouring whole numbers are equally likely at 10⁹: remainders by 4', () => {
  const rng = createRng('remainders');
  const counts = new Float64Array(4);
  for (let t = 0; t < draws; t++) counts[binomial(1e9, 0.37, rng) % 4]++;
  expect(Math.abs(chiSquareZ(counts, [0.25, 0.25, 0.25, 0.25]))).toBeLessThan(4.5);
});

test('certain outcomes', () => {
  const rng = createRng('certain');
  expect(binomial(0, 0.4, rng)).toBe(0);
  expect(binomial(1e12, 0, rng)).toBe(0);
  expect(binomial(1e12, 1, rng)).toBe(1e12);
  expect(binomial(2 ** 53, 1, rng)).toBe(2 ** 53);
  expect(binomial(2 ** 53, 1e-300, rng)).toBe(0);
});

test.each([
  [10, -0.1, 'in [0, 1], got -0.1'],
  [10, Number.NaN, 'in [0, 1], got NaN'],
  [1.5, 0.5, 'whole number of trials in [0, 2^53], got 1.5'],
  [-1, 0.5, 'got -1'],
])('n = %d, p = %d is refused', (n, p, message) => {
  expect(() => binomial(n, p, createRng('refused'))).toThrow(message);
});
