import { clippedIpsGain, ipsGain, naiveGain, selfNormalisedIpsGain } from '../../estimators/index.ts';
import type { ClickLog } from '../../src/data/click-log.ts';
import { UsageError } from '../../src/errors.ts';
import { createRng } from '../../src/random/rng.ts';
import { attraction, bias, exactLog, examination, expectation, gains, sampledLog } from './world.ts';

const truth = expectation((_, gamma, gain) => gamma * gain);
const clip = 0.25;

describe('over all click patterns, weighted with their probabilities', () => {
  const log = exactLog();

  test('IPS is unbiased', () => expect(ipsGain(log, gains, bias).value).toBeCloseTo(truth, 12));

  test('naive has the mean Σ θ γ g', () =>
    expect(naiveGain(log, gains).value).toBeCloseTo(
      expectation((theta, gamma, gain) => theta * gamma * gain),
      12,
    ));

  test('clipped IPS is biased by Σ_{θ<τ} γ g (θ/τ − 1), downwards', () => {
    const derived = expectation((theta, gamma, gain) => (theta < clip ? gamma * gain * (theta / clip - 1) : 0));
    expect(derived).toBeLessThan(-0.1);
    expect(clippedIpsGain(log, gains, bias, clip).value - truth).toBeCloseTo(derived, 12);
  });

  test('a clip at or below the smallest examination changes nothing', () =>
    expect(clippedIpsGain(log, gains, bias, 0.08).value).toBeCloseTo(truth, 12));

  test('self-normalised IPS is Σ γ g / Σ γ, whatever constant the propensities are off by', () => {
    const mean = truth / expectation((_, gamma) => gamma);
    expect(selfNormalisedIpsGain(log, gains, bias).value).toBeCloseTo(mean, 12);
    const halved = { kind: 'examination', examination: examination.map((theta) => theta / 2) } as const;
    expect(selfNormalisedIpsGain(log, gains, halved).value).toBeCloseTo(mean, 12);
  });

  test('a contextual bias, one value per shown document, does the same as the positions it repeats', () => {
    const contextual = { kind: 'contextual', examination: Float64Array.from({ length: 6 }, (_, i) => examination[i % 3]) } as const;
    expect(ipsGain(log, gains, contextual).value).toBeCloseTo(truth, 12);
  });

  test('standard errors are the derived ones', () => {
    // clicks are independent given the list: Var = E[Σ_k γ g² (1/θ − γ)] + Var over lists of the lists' means
    const n = 1e6;
    const means = [0, 1].map((l) => [0, 1, 2].reduce((sum, k) => sum + attraction[3 * l + k] * gains[3 * l + k], 0));
    const between = 0.4 * 0.6 * (means[0] - means[1]) ** 2;
    const within = expectation((theta, gamma, gain) => gamma * gain ** 2 * (1 / theta - gamma));
    const { standardError } = ipsGain(exactLog(n), gains, bias);
    expect(standardError / Math.sqrt((between + within) / n)).toBeCloseTo(1, 5);
  });
});

describe('over 3,000 logs of 400 sessions', () => {
  const rng = createRng('gain');
  const logs = Array.from({ length: 3000 }, () => sampledLog(400, rng));
  const spread = (estimate: (log: ClickLog) => number) => {
    const values = logs.map(estimate);
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    const variance = values.reduce((sum, v) => sum + (v - mean) ** 2, 0) / (values.length - 1);
    return { mean, variance, standardError: Math.sqrt(variance / values.length) };
  };
  const relevant = expectation((_, gamma) => gamma);

  test('the mean of IPS is the truth within four standard errors, and its own standard error is right', () => {
    const { mean, standardError, variance } = spread((log) => ipsGain(log, gains, bias).value);
    expect(Math.abs(mean - truth)).toBeLessThan(4 * standardError);
    const claimed = spread((log) => ipsGain(log, gains, bias).standardError ** 2).mean;
    expect(Math.abs(claimed / variance - 1)).toBeLessThan(4 * Math.sqrt(2 / logs.length));
  });

  test('clipping lowers the variance', () => {
    expect(spread((log) => clippedIpsGain(log, gains, bias, clip).value).variance).toBeLessThan(
      0.5 * spread((log) => ipsGain(log, gains, bias).value).variance,
    );
  });

  test('self-normalising has less than half the variance of IPS over the true mass, a small bias, and the standard error it states', () => {
    const self = spread((log) => selfNormalisedIpsGain(log, gains, bias).value);
    expect(self.variance).toBeLessThan(0.5 * spread((log) => ipsGain(log, gains, bias).value / relevant).variance);
    expect(Math.abs(self.mean - truth / relevant)).toBeLessThan(0.01);
    const claimed = spread((log) => selfNormalisedIpsGain(log, gains, bias).standardError ** 2).mean;
    expect(Math.abs(claimed / self.variance - 1)).toBeLessThan(0.1);
  });
});

describe('bad input', () => {
  const log = exactLog();
  test.each([
    ['a clip above 1', () => clippedIpsGain(log, gains, bias, 1.5), /clip must be in \[0, 1\], got 1.5/],
    ['a clip that is NaN', () => clippedIpsGain(log, gains, bias, Number.NaN), /clip must be in \[0, 1\], got NaN/],
    [
      'an examination of 0',
      () => ipsGain(log, gains, { kind: 'examination', examination: Float64Array.of(1, 0, 1) }),
      /examination\[1\] must be in \(0, 1\], got 0/,
    ],
    [
      'too few positions',
      () => ipsGain(log, gains, { kind: 'examination', examination: Float64Array.of(1) }),
      /covers 1 positions, but a list of the log shows 3/,
    ],
    ['too few gains', () => ipsGain(log, gains.subarray(1), bias), /expected 6 gains/],
    ['trust bias', () => ipsGain(log, gains, { kind: 'affine', alpha: examination, beta: examination }), /use the affine estimator/],
  ])('%s', (_, call, message) => {
    expect(call).toThrow(UsageError);
    expect(call).toThrow(message);
  });
});

test('a document that is never examined in its list is no fault: it has no clicks to weight', () => {
  const log = exactLog();
  const contextual = Float64Array.from({ length: 6 }, (_, i) => examination[i % 3]);
  contextual[5] = 0; // below a document that every user clicks
  const unseen = {
    ...log,
    count: log.count.map((count, r) => (log.list[r] === 1 && log.clicks[log.clickOffsets[r] + 2] === 1 ? 1e-300 : count)),
  };
  expect(Number.isFinite(ipsGain(unseen, gains, { kind: 'contextual', examination: contextual }).value)).toBe(true);
});
