import {
  clippedErrors,
  clippedLossError,
  clippedLossErrors,
  ipsCoefficients,
  ipsErrors,
  leastError,
  naiveCoefficients,
} from '../../../estimators/recommendation/index.ts';
import { UsageError } from '../../../src/errors.ts';
import { createRng } from '../../../src/random/rng.ts';
import { moments, outcomes } from './enumerate.ts';

const gamma = [0.7, 0.2, 0.9, 0.4, 0.55, 0.05];
const theta = [0.5, 0.02, 0.2, 0.9, 0.0007, 0.2];
const estimated = [0.4, 0.05, 0.1, 1, 0.003, 0.2];
const delta1 = [1.2, 0.1, 0.6, 2, 0.3, 2.5];
const delta0 = [0.3, 1.9, 0.2, 0.1, 1.4, 0.2];
const D = gamma.length;
const pairs = [...gamma.keys()];
const sum = (term: (d: number) => number) => pairs.reduce((total, d) => total + term(d), 0);
const ideal = sum((d) => (gamma[d] * delta1[d] + (1 - gamma[d]) * delta0[d]) / D);
const clicks = outcomes(pairs.map((d) => gamma[d] * theta[d]));
const clips = [0, 1e-4, 7e-4, 0.003, 0.02, 0.05, 0.1, 0.2, 0.35, 0.5, 0.9, 1];

/** Pairs in the curve, the estimator knowing `divisors`. */
const curveOf = (divisors: readonly number[], grid: readonly number[] = clips) => {
  const errors = clippedLossErrors(grid);
  for (const d of pairs) errors.add(gamma[d], theta[d], delta1[d] - delta0[d], divisors[d]);
  return errors.curve();
};

describe.each([
  ['the exposure known', theta],
  ['the exposure estimated', estimated],
])('%s', (_, divisors) => {
  test('bias, variance and squared error at every threshold are those over all patterns of clicks', () => {
    for (const { clip, bias, variance, meanSquaredError, clippedShare } of curveOf(divisors)) {
      const coefficients = ipsCoefficients((_user, item) => divisors[item], clip);
      const loss = (y: readonly number[]) =>
        sum((d) => {
          const [a, b] = coefficients(0, d, y[d]);
          return (a * delta1[d] + b * delta0[d]) / D;
        });
      const over = moments(clicks, loss);
      const squared = moments(clicks, (y) => (loss(y) - ideal) ** 2).mean;
      expect(bias).toBeCloseTo(over.mean - ideal, 10);
      expect(Math.abs(variance / over.variance - 1)).toBeLessThan(1e-9);
      expect(Math.abs(meanSquaredError / squared - 1)).toBeLessThan(1e-9);
      expect(clippedShare).toBe(divisors.filter((value) => value < clip).length / D);
    }
  });

  test('the least error of the curve is the least of its thresholds, the smaller M of two that are alike', () => {
    const curve = curveOf(divisors);
    const best = leastError(curve);
    curve.forEach(({ meanSquaredError }, g) => {
      if (g < best) expect(meanSquaredError).toBeGreaterThan(curve[best].meanSquaredError);
      else expect(meanSquaredError).toBeGreaterThanOrEqual(curve[best].meanSquaredError);
    });
  });
});

test('below every exposure nothing is clipped: no bias, and the variance (1/|D|²) Σ γ (1/θ − γ)(δ1 − δ0)²', () => {
  const variance = sum((d) => gamma[d] * (1 / theta[d] - gamma[d]) * (delta1[d] - delta0[d]) ** 2) / D ** 2;
  for (const { bias, variance: found, clippedShare } of curveOf(theta, [0, 1e-9, 0.0007])) {
    expect({ bias, clippedShare }).toEqual({ bias: 0, clippedShare: 0 });
    expect(Math.abs(found / variance - 1)).toBeLessThan(1e-12);
  }
});

test('M = 1 is the naive loss with weight 1: bias (1/|D|) Σ γ (θ − 1)(δ1 − δ0), variance (1/|D|²) Σ γθ (1 − γθ)(δ1 − δ0)²', () => {
  const [{ bias, variance, clippedShare }] = curveOf(theta, [1]);
  const naive = moments(clicks, (y) => {
    const coefficients = naiveCoefficients(
      y.reduce((a, b) => a + b, 0),
      D,
      1,
    );
    return sum((d) => {
      const [a, b] = coefficients(0, d, y[d]);
      return (a * delta1[d] + b * delta0[d]) / D;
    });
  });
  expect(clippedShare).toBe(1);
  expect(bias).toBeCloseTo(naive.mean - ideal, 12);
  expect(bias).toBeCloseTo(sum((d) => gamma[d] * (theta[d] - 1) * (delta1[d] - delta0[d])) / D, 12);
  expect(Math.abs(variance / naive.variance - 1)).toBeLessThan(1e-9);
  expect(variance).toBeCloseTo(sum((d) => gamma[d] * theta[d] * (1 - gamma[d] * theta[d]) * (delta1[d] - delta0[d]) ** 2) / D ** 2, 12);
});

test('observed values: relevance 1 and the error as difference give bias and variance of (1/|D|) Σ_o e/max(p, M)', () => {
  const errors = [0.1, 0.9, 2.3, 0.4, 1.6, 0.2];
  const seen = outcomes(theta);
  for (const clip of [0, 0.001, 0.1, 0.3, 1]) {
    const weigh = clippedErrors(ipsErrors, clip);
    const { mean, variance } = moments(seen, (o) => {
      const rows = pairs.filter((d) => o[d] === 1);
      const none = () => new Float64Array(0);
      const { error } = weigh({
        propensities: Float64Array.from(rows, (d) => theta[d]),
        weights: new Float64Array(rows.length).fill(1 / D),
        populationWeights: none(),
        populationPropensities: none,
        imputed: none,
        populationImputed: none,
      });
      return rows.reduce((total, d, k) => total + error[k] * errors[d], 0);
    });
    const found = clippedLossError(new Array(D).fill(1), theta, errors, clip);
    expect(found.bias).toBeCloseTo(mean - sum((d) => errors[d] / D), 10);
    expect(found.bias).toBeCloseTo(sum((d) => (theta[d] < clip ? (theta[d] / clip - 1) * errors[d] : 0)) / D, 12);
    expect(found.bias).toBeLessThanOrEqual(0);
    expect(Math.abs(found.variance / variance - 1)).toBeLessThan(1e-9);
  }
});

test('one pass over many pairs gives what each pair and threshold gives alone', () => {
  const rng = createRng('one pass');
  const count = 500;
  const draw = () => Array.from({ length: count }, () => rng.next() ** 4 + 1e-6);
  const [g, t, e] = [draw(), draw(), draw()].map((values) => values.map((value) => Math.min(1, value)));
  const difference = Array.from({ length: count }, () => rng.next() - 0.4);
  const grid = [0, ...Array.from({ length: 41 }, (_, k) => 10 ** (-6 + (6 * k) / 40))];
  const errors = clippedLossErrors(grid);
  for (let d = 0; d < count; d++) errors.add(g[d], t[d], difference[d], e[d]);
  for (const { clip, bias, variance } of errors.curve()) {
    let [expectedBias, expectedVariance] = [0, 0];
    for (let d = 0; d < count; d++) {
      const divisor = Math.max(e[d], clip);
      const click = g[d] * t[d];
      expectedBias += (g[d] * (t[d] / divisor - 1) * difference[d]) / count;
      expectedVariance += (((click * (1 - click)) / divisor ** 2) * difference[d] ** 2) / count ** 2;
    }
    expect(bias).toBeCloseTo(expectedBias, 10);
    expect(Math.abs(variance / expectedVariance - 1)).toBeLessThan(1e-9);
  }
});

test.each([[[-0.1]], [[Number.NaN]], [[0.2, 0.1]], [[0.1, 0.1]], [[Number.POSITIVE_INFINITY]]])('thresholds %j are refused', (bad) => {
  expect(() => clippedLossErrors(bad)).toThrow(UsageError);
});

test('without a pair there is no error, and arrays must be equally long', () => {
  expect(() => clippedLossErrors([0.1]).curve()).toThrow(/at least one pair/);
  expect(() => clippedLossError([0.1], [0.1, 0.2], [1], 0)).toThrow(/expected 1 exposures/);
});
