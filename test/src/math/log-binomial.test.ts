import { logBinomialPmf } from '../../../src/math/log-binomial.ts';
import { stirlingRemainder } from '../../../src/math/stirling.ts';

test('stirlingRemainder is log x! − (x log x − x)', () => {
  let logFactorial = 0;
  expect(stirlingRemainder(0)).toBe(0);
  for (let x = 1; x <= 300; x++) {
    logFactorial += Math.log(x);
    expect(Math.abs(stirlingRemainder(x) - (logFactorial - x * Math.log(x) + x))).toBeLessThan(1e-11);
  }
  expect(Math.abs(stirlingRemainder(15) - stirlingRemainder(16))).toBeLessThan(0.04); // no step where the table ends
});

test.each([
  [1, 0.3],
  [20, 0.5],
  [1000, 0.01],
])('logBinomialPmf of n = %d, p = %d: C(n, k) pᵏ qⁿ⁻ᵏ, summing to 1', (n, p) => {
  let logChoose = 0;
  let sum = 0;
  for (let k = 0; k <= n; k++) {
    if (k > 0) logChoose += Math.log((n - k + 1) / k);
    const expected = logChoose + k * Math.log(p) + (n - k) * Math.log(1 - p);
    expect(Math.abs(logBinomialPmf(k, n, p) - expected)).toBeLessThan(1e-9);
    sum += Math.exp(logBinomialPmf(k, n, p));
  }
  expect(sum).toBeCloseTo(1, 12);
});

test('at n = 10¹⁵ the ratio of neighbours is (n − k)/(k + 1) · p/q', () => {
  const [n, p] = [1e15, 0.25];
  for (const steps of [-8, -1, 0, 3]) {
    const k = n * p + Math.round(steps * Math.sqrt(n * p * (1 - p)));
    const far = 1_000_000; // of a million neighbours, so that rounding does not hide the slope
    const slope = (logBinomialPmf(k + far, n, p) - logBinomialPmf(k, n, p)) / far;
    const middle = k + far / 2;
    const expected = Math.log(((n - middle) / (middle + 1)) * (p / (1 - p)));
    expect(Math.abs(slope - expected) * far).toBeLessThan(1e-6);
  }
});
