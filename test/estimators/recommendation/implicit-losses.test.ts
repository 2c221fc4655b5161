import { tripleTerm } from '../../../estimators/recommendation/implicit/learn-pairwise.ts';
import {
  type Coefficients,
  idealCoefficients,
  ipsCoefficients,
  naiveCoefficients,
  selfNormalisedCoefficients,
  ubprWeight,
} from '../../../estimators/recommendation/index.ts';
import { moments, outcomes } from './enumerate.ts';

/** Two users, three items; a pair is at 3u + i. */
const gamma = [0.8, 0.3, 0.05, 0.5, 0.9, 0.2];
const theta = [0.9, 0.5, 0.04, 0.2, 0.1, 1];
const delta1 = [0.2, 1.3, 2.5, 0.7, 0.1, 3];
const delta0 = [1.7, 0.3, 0.1, 0.8, 2.2, 0.05];
const D = 6;
const pairs = [...gamma.keys()];
const exposure = (user: number, item: number) => theta[3 * user + item];
const clicks = outcomes(pairs.map((d) => gamma[d] * theta[d])); // Y = O R

const meanLoss = (coefficients: Coefficients, y: readonly number[]) =>
  pairs.reduce((sum, d) => {
    const [a, b] = coefficients(Math.floor(d / 3), d % 3, y[d]);
    return sum + (a * delta1[d] + b * delta0[d]) / D;
  }, 0);
const sum = (term: (d: number) => number) => pairs.reduce((total, d) => total + term(d), 0);
const ideal = sum((d) => (gamma[d] * delta1[d] + (1 - gamma[d]) * delta0[d]) / D);

test('the ideal loss is Σ γ δ1 + (1 − γ) δ0 over |D|', () => {
  expect(
    meanLoss(
      idealCoefficients((u, i) => gamma[3 * u + i]),
      new Array(D).fill(0),
    ),
  ).toBeCloseTo(ideal, 12);
});

test('IPS is unbiased for it, with variance Σ γ (1/θ − γ)(δ1 − δ0)² over |D|²', () => {
  const { mean, variance } = moments(clicks, (y) => meanLoss(ipsCoefficients(exposure, 0), y));
  expect(mean).toBeCloseTo(ideal, 12);
  expect(variance).toBeCloseTo(sum((d) => gamma[d] * (1 / theta[d] - gamma[d]) * (delta1[d] - delta0[d]) ** 2) / D ** 2, 10);
});

test('clipped IPS has the bias Σ_{θ < M} γ (θ/M − 1)(δ1 − δ0) over |D|, and less variance', () => {
  for (const M of [0.05, 0.15, 0.4]) {
    const { mean, variance } = moments(clicks, (y) => meanLoss(ipsCoefficients(exposure, M), y));
    const bias = sum((d) => (theta[d] < M ? gamma[d] * (theta[d] / M - 1) * (delta1[d] - delta0[d]) : 0)) / D;
    expect(Math.abs(bias)).toBeGreaterThan(1e-3);
    expect(mean - ideal).toBeCloseTo(bias, 12);
    expect(variance).toBeLessThan(moments(clicks, (y) => meanLoss(ipsCoefficients(exposure, 0), y)).variance);
  }
});

test('dividing the whole of a cross-entropy by θ, as some public code does, is another estimator', () => {
  const whole: Coefficients = (u, i, y) => [y / exposure(u, i), (1 - y) / exposure(u, i)];
  expect(Math.abs(moments(clicks, (y) => meanLoss(whole, y)).mean - ideal)).toBeGreaterThan(0.1);
});

test('naive divides by Σ Y + w (1 − Y), and is biased', () => {
  const w = 0.4;
  const value = (y: readonly number[]) =>
    meanLoss(
      naiveCoefficients(
        y.reduce((a, b) => a + b, 0),
        D,
        w,
      ),
      y,
    );
  for (const { happened: y } of clicks)
    expect(value(y)).toBeCloseTo(sum((d) => y[d] * delta1[d] + w * (1 - y[d]) * delta0[d]) / sum((d) => y[d] + w * (1 - y[d])), 12);
  expect(Math.abs(moments(clicks, (y) => meanLoss(naiveCoefficients(0, D, 1), y)).mean - ideal)).toBeGreaterThan(0.1);
});

test('self-normalised weights of clicks have mean 1, whatever factor the exposures are off by', () => {
  const seen = { users: Uint32Array.of(0, 0, 1), items: Uint32Array.of(0, 2, 1) };
  const weights = (factor: number) => {
    const coefficients = selfNormalisedCoefficients((u, i) => factor * exposure(u, i), seen);
    return [...seen.users].map((u, k) => coefficients(u, seen.items[k], 1)[0]);
  };
  expect(weights(1).reduce((a, b) => a + b, 0) / 3).toBeCloseTo(1, 12);
  weights(0.1).forEach((weight, k) => {
    expect(weight).toBeCloseTo(weights(1)[k], 12);
  });
});

/** −ln σ of the differences of some scores. */
const scores = [0.3, -1, 2, 0, 0.5, -0.7];
const term = new Float64Array(2);
const pairwise = (value: (u: number, i: number, j: number) => number) => {
  let total = 0;
  for (const u of [0, 1]) for (const i of [0, 1, 2]) for (const j of [0, 1, 2]) if (i !== j) total += value(u, i, j);
  return total;
};
const rankLoss = (u: number, i: number, j: number) => Math.log1p(Math.exp(scores[3 * u + j] - scores[3 * u + i]));

describe('UBPR over all clicked items and all others', () => {
  const weight = ubprWeight(exposure);
  const loss = (y: readonly number[], floor: number) =>
    pairwise((u, i, j) => {
      if (y[3 * u + i] === 0) return 0;
      tripleTerm(weight(u, i, j, y[3 * u + j]), scores[3 * u + i] - scores[3 * u + j], floor, term);
      return term[0];
    });
  const idealPairwise = pairwise((u, i, j) => gamma[3 * u + i] * (1 - gamma[3 * u + j]) * rankLoss(u, i, j));

  test('is unbiased for Σ γ_i (1 − γ_j) ℓ(s_i − s_j) before clipping', () => {
    expect(moments(clicks, (y) => loss(y, Number.NEGATIVE_INFINITY)).mean).toBeCloseTo(idealPairwise, 10);
  });

  test('clipping at −β bounds every term, and biases upwards', () => {
    const clipped = moments(clicks, (y) => loss(y, -0.01));
    expect(clipped.mean).toBeGreaterThan(idealPairwise + 0.01);
    tripleTerm(-5, 0, -0.01, term);
    expect([...term]).toEqual([-0.01, 0]);
    tripleTerm(2, 0.7, -0.01, term);
    expect(term[0]).toBeCloseTo(2 * Math.log1p(Math.exp(-0.7)), 12);
    expect(term[1]).toBeCloseTo(-2 / (1 + Math.exp(0.7)), 12);
  });
});
