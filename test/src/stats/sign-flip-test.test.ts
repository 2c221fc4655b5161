import { createRng } from '../../../src/random/rng.ts';
import { signFlipTest } from '../../../src/stats/sign-flip-test.ts';

const zeros = (n: number) => new Array<number>(n).fill(0);

test('exact by counting: three equal gains, 2 of 8 patterns are as extreme', () => {
  expect(signFlipTest([1, 1, 1], zeros(3), createRng('x'))).toEqual({ difference: 1, p: 2 / 8, exact: true, flips: 8 });
});

test('exact: of ±1 ±2 ±3 the sums 6, 4, 2, 0 with either sign; |1 + 2 − 3| = 0 is always reached, |−1 + 2 + 3| = 4 by 4 patterns', () => {
  expect(signFlipTest([1, 2, 0], [0, 0, 3], createRng('x')).p).toBe(1);
  expect(signFlipTest([0, 2, 3], [1, 0, 0], createRng('x')).p).toBe(4 / 8);
});

test('rounding does not turn equal sums into smaller ones', () => {
  expect(signFlipTest([0.1, 0.2, 0.3], [0, 0, 0], createRng('x')).p).toBe(2 / 8);
  // 0.1 + 0.2 − 0.1 > −0.1 + 0.2 + 0.1 in floating point; the sums are 0.4, 0.2 twice, 0 and their negatives
  expect(0.1 + 0.2 - 0.1).toBeGreaterThan(-0.1 + 0.2 + 0.1);
  expect(signFlipTest([0.1, 0.2, 0], [0, 0, 0.1], createRng('x')).p).toBe(6 / 8);
});

test('tied pairs change nothing but the mean difference', () => {
  expect(signFlipTest([1, 1, 1, 5], [0, 0, 0, 5], createRng('x'))).toMatchObject({ difference: 3 / 4, p: 2 / 8, exact: true });
  expect(signFlipTest([2, 2], [2, 2], createRng('x')).p).toBe(1);
});

test('20 pairs are counted, 21 are drawn; p is then never 0 and depends on the seed only', () => {
  const ones = zeros(20).fill(1);
  expect(signFlipTest(ones, zeros(20), createRng('x'))).toMatchObject({ p: 2 / 2 ** 20, exact: true });
  const drawn = signFlipTest([...ones, 1], zeros(21), createRng('x'), 999);
  expect(drawn).toMatchObject({ p: 1 / 1000, exact: false, flips: 999 });
  const values = Array.from({ length: 40 }, (_, i) => Math.sin(i * i) + 0.2);
  const p = (seed: string) => signFlipTest(values, zeros(40), createRng(seed)).p;
  expect(p('a')).toBe(p('a'));
  expect(p('a')).not.toBe(p('b'));
});

test('drawn p agrees with the exact one', () => {
  const values = Array.from({ length: 20 }, (_, i) => Math.cos(3 * i) + 0.25);
  const { p } = signFlipTest(values, zeros(20), createRng('x'));
  // a 21st pair so small that it hardly matters forces drawing
  const drawn = signFlipTest([...values, 1e-9], zeros(21), createRng('draws'), 40_000).p;
  expect(p).toBeGreaterThan(0.01);
  expect(Math.abs(drawn - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / 40_000));
});

test('looking sums of signs up gives what adding them gives: the same draws of 32 signs, pair by pair', () => {
  const rng = createRng('pairs');
  for (const n of [21, 24, 31, 32, 33, 40, 63, 64, 65, 96]) {
    const differences = Array.from({ length: n }, () => rng.next() - 0.45);
    const total = differences.reduce((sum, d) => sum + d, 0);
    const draws = createRng(`n${n}`);
    let extreme = 0;
    for (let flip = 0; flip < 500; flip++) {
      let signed = 0;
      for (let start = 0; start < n; start += 32) {
        const bits = Math.floor(draws.next() * 2 ** 32);
        for (let i = start; i < Math.min(n, start + 32); i++)
          signed += Math.floor(bits / 2 ** (i - start)) % 2 === 1 ? differences[i] : -differences[i];
      }
      if (Math.abs(signed) >= Math.abs(total) - 1e-12) extreme++;
    }
    expect(signFlipTest(differences, zeros(n), createRng(`n${n}`), 500).p).toBe((extreme + 1) / 501);
  }
});

test('under the hypothesis p ≤ 0.1 happens in about a tenth of the tests, also with more than 32 pairs', () => {
  const rng = createRng('level');
  const tests = 400;
  let small = 0;
  for (let t = 0; t < tests; t++) {
    const differences = Array.from({ length: 45 }, () => rng.next() - 0.5);
    if (signFlipTest(differences, zeros(45), rng.fork(`${t}`), 499).p <= 0.1) small++;
  }
  expect(Math.abs(small / tests - 0.1)).toBeLessThan(4 * Math.sqrt((0.1 * 0.9) / tests));
});

test('refuses bad input', () => {
  expect(() => signFlipTest([1], [1, 2], createRng('x'))).toThrow('as many on both sides');
  expect(() => signFlipTest([1], [1], createRng('x'), 0)).toThrow('flips');
});
