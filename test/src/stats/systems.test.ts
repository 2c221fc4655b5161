import { UsageError } from '../../../src/errors.ts';
import { gaussian } from '../../../src/random/gaussian.ts';
import { createRng, type Rng } from '../../../src/random/rng.ts';
import { concordanceTest } from '../../../src/stats/concordance-test.ts';
import { discriminativePower } from '../../../src/stats/discriminative-power.ts';
import { pairedTTest } from '../../../src/stats/paired-t-test.ts';
import { randomisedTukeyHsd } from '../../../src/stats/randomised-tukey-hsd.ts';
import { signFlipTest } from '../../../src/stats/sign-flip-test.ts';
import { tukeyHsd } from '../../../src/stats/tukey-hsd.ts';

/** Systems measured on the same units: a shared difficulty, an own mean, noise. */
const systems = (means: readonly number[], units: number, rng: Rng) => {
  const difficulty = Array.from({ length: units }, () => 2 * gaussian(rng));
  return means.map((mean) => difficulty.map((shared) => shared + mean + gaussian(rng)));
};

test('randomised Tukey of two systems is the sign-flip test', () => {
  const [a, b] = systems([0.4, 0], 18, createRng('two'));
  const { p } = signFlipTest(a, b, createRng('x'));
  const [pair] = randomisedTukeyHsd([a, b], createRng('y'), 20_000);
  expect(pair).toMatchObject({ first: 0, second: 1, difference: expect.closeTo(pairedTTest(a, b).difference.value, 12) });
  expect(Math.abs(pair.p - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 20_000) + 1e-4);
});

test('the chance that any of six pairs is called different when none is, is at most α', () => {
  const rng = createRng('family');
  const repeats = 250;
  let any = 0;
  for (let r = 0; r < repeats; r++) {
    const pairs = randomisedTukeyHsd(systems([0, 0, 0, 0], 20, rng), rng.fork(`${r}`), 199);
    expect(pairs).toHaveLength(6);
    if (pairs.some(({ p }) => p <= 0.1)) any++;
  }
  // the largest difference has the null distribution itself: exactly α
  expect(Math.abs(any / repeats - 0.1)).toBeLessThan(4 * Math.sqrt(0.09 / repeats));
});

test('pairing tells apart what Tukey on independent groups cannot; identical systems have p = 1', () => {
  const values = systems([0, 0, 1], 40, createRng('power'));
  const randomised = randomisedTukeyHsd(values, createRng('x'), 999);
  expect(randomised[1].p).toBeLessThan(0.05);
  expect(tukeyHsd(values)[1].p).toBeGreaterThan(randomised[1].p);
  expect(randomisedTukeyHsd([values[0], values[0], values[1]], createRng('x'), 99)[0]).toMatchObject({ difference: 0, p: 1 });
});

test('Tukey on two groups is the two-sample t-test', () => {
  // means 2 and 4, pooled variance 1, t = 2/√(2/3) with 4 degrees of freedom; P(|T| ≥ t) in closed form
  const [pair] = tukeyHsd([
    [1, 2, 3],
    [3, 4, 5],
  ]);
  const t = 2 / Math.sqrt(2 / 3);
  expect(pair.p).toBeCloseTo(1 - (t / Math.sqrt(4 + t * t)) * (1 + 2 / (4 + t * t)), 9);
});

test('discriminative power counts the pairs told apart', () => {
  const values = systems([0, 0, 3, 6], 60, createRng('power'));
  for (const test of ['randomised-tukey', 'bootstrap', 't-test'] as const) {
    const { share, significant, pairs, smallestSignificant } = discriminativePower(values, createRng('x'), { test, alpha: 0.001 });
    expect([pairs.length, significant, share]).toEqual([6, 5, 5 / 6]); // all but the two equal ones
    expect(smallestSignificant).toBe(Math.min(...pairs.slice(1).map(({ difference }) => Math.abs(difference))));
  }
  const equal = discriminativePower([values[0], values[0]], createRng('x'));
  expect([equal.share, equal.smallestSignificant]).toEqual([0, Number.NaN]);
});

test('a noisier metric has less discriminative power', () => {
  const rng = createRng('noise');
  const values = systems([0, 0.25, 0.5, 0.75, 1], 80, rng);
  const noisy = values.map((ofSystem) => ofSystem.map((value) => value + 6 * gaussian(rng)));
  expect(discriminativePower(noisy, rng.fork('a')).share).toBeLessThan(discriminativePower(values, rng.fork('b')).share);
});

test('concordance by hand', () => {
  const first = [1, 2, 3, 4];
  const second = [2, 1, 4, 3]; // disagrees on (0,1) and (2,3) only
  const all = Uint32Array.of(0, 1, 0, 2, 0, 3, 1, 2, 1, 3, 2, 3);
  expect(concordanceTest(first, second, [[0, 5, 5, 5]], all)).toEqual({ pairs: 6, disagreements: 2, first: 1, second: 0.5, p: 1 });
  // with a second gold that ranks (0,1) the other way, neither agrees with both on it; the tie on (2,3) counts for both
  expect(
    concordanceTest(
      first,
      second,
      [
        [0, 5, 5, 5],
        [1, 0, 0, 0],
      ],
      all,
    ),
  ).toMatchObject({ first: 0.5, second: 0.5 });
  expect(concordanceTest(first, first, [first], all)).toMatchObject({ disagreements: 0, first: Number.NaN, p: 1 });
  expect(concordanceTest(first, second, [[7, 7, 7, 7]], all)).toMatchObject({
    disagreements: 2,
    first: Number.NaN,
    second: Number.NaN,
    p: 1,
  });
});

test('of two noisy readings of the gold, the less noisy agrees more; of two equally noisy, neither does', () => {
  const rng = createRng('concordance');
  const gold = Array.from({ length: 3000 }, () => gaussian(rng));
  const reading = (noise: number) => gold.map((value) => value + noise * gaussian(rng));
  const pairs = Uint32Array.from({ length: 3000 }, (_, i) => i); // each item in one pair: the sign test holds
  const { first, second, p } = concordanceTest(reading(0.5), reading(2), [gold], pairs);
  expect(first).toBeGreaterThan(second);
  expect(first + second).toBeCloseTo(1, 12); // the gold has no ties: exactly one of the two is right
  expect(p).toBeLessThan(0.01);
  let small = 0;
  for (let r = 0; r < 300; r++) {
    const ends = Uint32Array.from({ length: 400 }, (_, i) => i);
    if (concordanceTest(reading(1).slice(0, 400), reading(1).slice(0, 400), [gold.slice(0, 400)], ends).p <= 0.1) small++;
  }
  expect(small / 300).toBeLessThan(0.1 + 4 * Math.sqrt(0.09 / 300));
});

test('refuses what cannot be compared', () => {
  const rng = createRng('x');
  expect(() => randomisedTukeyHsd([[1, 2]], rng)).toThrow(UsageError);
  expect(() => randomisedTukeyHsd([[1], [2]], rng)).toThrow('at least two values');
  expect(() => randomisedTukeyHsd([[1, 2], [1]], rng)).toThrow('system 1 has 1');
  expect(() =>
    randomisedTukeyHsd(
      [
        [1, 2],
        [1, Number.NaN],
      ],
      rng,
    ),
  ).toThrow('value 1 of system 1 must be finite');
  expect(() =>
    randomisedTukeyHsd(
      [
        [1, 2],
        [1, 2],
      ],
      rng,
      0,
    ),
  ).toThrow('deals');
  expect(() => tukeyHsd([[1, 2]])).toThrow('at least two groups');
  expect(() => tukeyHsd([[1, 2], [1]])).toThrow('group 1 needs at least two values');
  expect(() =>
    tukeyHsd([
      [1, 2],
      [1, Number.NaN],
    ]),
  ).toThrow('every value of group 1');
  expect(() =>
    discriminativePower(
      [
        [1, 2],
        [2, 3],
      ],
      rng,
      { alpha: 5 },
    ),
  ).toThrow('got 5; try 0.05');
  expect(() =>
    discriminativePower(
      [
        [1, 2],
        [2, 3],
      ],
      rng,
      { test: 'ttest' as 't-test' },
    ),
  ).toThrow('did you mean "t-test"?');
  expect(() => concordanceTest([1], [1], [], Uint32Array.of())).toThrow('at least one gold');
  expect(() => concordanceTest([1], [1, 2], [[1]], Uint32Array.of())).toThrow('must have 1 values, got 2');
  expect(() => concordanceTest([1], [1], [[1]], Uint32Array.of(0))).toThrow('even number');
  expect(() => concordanceTest([1], [1], [[1]], Uint32Array.of(0, 1))).toThrow('below 1');
});
