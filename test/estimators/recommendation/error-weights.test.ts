import {
  clippedErrors,
  doublyRobustErrors,
  ipsErrors,
  naiveErrors,
  selfNormalisedErrors,
  stableErrors,
  targetedErrors,
  type WeighErrors,
} from '../../../estimators/recommendation/index.ts';
import { createRng } from '../../../src/random/rng.ts';
import { moments, outcomes } from './enumerate.ts';

const errors = [0.1, 0.9, 2.3, 0.4, 1.6, 0.2, 1.1];
const truth = [0.9, 0.3, 0.15, 0.6, 0.25, 0.8, 0.4];
const wrongPropensity = [0.3, 0.5, 0.5, 0.3, 0.6, 0.4, 0.9];
const wrongImputation = [1, 0.2, 0.5, 1.4, 0.3, 0.9, 0.6];
const D = errors.length;
const pairs = [...errors.keys()];
const ideal = errors.reduce((a, b) => a + b, 0) / D;
const observed = outcomes(truth);

/** The estimate where `o` is observed, with all of D as the population. */
function estimate(
  weigh: WeighErrors,
  o: readonly number[],
  propensities: readonly number[],
  imputed: readonly number[],
  e: readonly number[] = errors,
): number {
  const seen = pairs.filter((d) => o[d] === 1);
  const {
    error,
    imputed: onImputed,
    population,
  } = weigh({
    propensities: Float64Array.from(seen, (d) => propensities[d]),
    weights: new Float64Array(seen.length).fill(1 / D),
    populationWeights: new Float64Array(D).fill(1 / D),
    populationPropensities: () => Float64Array.from(propensities),
    imputed: () => Float64Array.from(seen, (d) => imputed[d]),
    populationImputed: () => Float64Array.from(imputed),
  });
  return (
    seen.reduce((sum, d, k) => sum + error[k] * e[d] + onImputed[k] * imputed[d], 0) +
    pairs.reduce((sum, d) => sum + population[d] * imputed[d], 0)
  );
}
const expected = (weigh: WeighErrors, propensities: readonly number[], imputed: readonly number[]) =>
  moments(observed, (o) => estimate(weigh, o, propensities, imputed)).mean;

test('IPS is unbiased under the true propensities, and not under others', () => {
  expect(expected(ipsErrors, truth, wrongImputation)).toBeCloseTo(ideal, 12);
  expect(Math.abs(expected(ipsErrors, wrongPropensity, wrongImputation) - ideal)).toBeGreaterThan(0.1);
});

describe('clipped', () => {
  test('IPS: bias (1/|D|) Σ_{p < M} (p/M − 1) e, variance (1/|D|²) Σ p (1 − p)/max(p, M)² e², over all patterns of what is observed', () => {
    const whole = moments(observed, (o) => estimate(ipsErrors, o, truth, wrongImputation)).variance;
    for (const clip of [0.2, 0.5, 1]) {
      const { mean, variance } = moments(observed, (o) => estimate(clippedErrors(ipsErrors, clip), o, truth, wrongImputation));
      const bias = pairs.reduce((sum, d) => sum + (truth[d] < clip ? (truth[d] / clip - 1) * errors[d] : 0), 0) / D;
      expect(bias).toBeLessThan(-0.01);
      expect(mean - ideal).toBeCloseTo(bias, 12);
      expect(variance).toBeCloseTo(
        pairs.reduce((sum, d) => sum + ((truth[d] * (1 - truth[d])) / Math.max(truth[d], clip) ** 2) * errors[d] ** 2, 0) / D ** 2,
        12,
      );
      expect(variance).toBeLessThan(whole);
    }
  });
  test('below every propensity it is the estimator itself, in every outcome', () => {
    for (const weigh of [ipsErrors, selfNormalisedErrors, doublyRobustErrors])
      for (const { happened } of observed.slice(1))
        for (const clip of [0, 0.15])
          expect(estimate(clippedErrors(weigh, clip), happened, truth, wrongImputation)).toBe(
            estimate(weigh, happened, truth, wrongImputation),
          );
  });
  test('at 1 it is the sum of observed errors over |D|', () => {
    for (const { happened } of observed)
      expect(estimate(clippedErrors(ipsErrors, 1), happened, truth, wrongImputation)).toBeCloseTo(
        pairs.reduce((sum, d) => sum + (happened[d] * errors[d]) / D, 0),
        12,
      );
  });
});

describe('doubly robust', () => {
  test('is unbiased where the propensities are exact', () => {
    expect(expected(doublyRobustErrors, truth, wrongImputation)).toBeCloseTo(ideal, 12);
  });
  test('is unbiased, and without variance, where the imputation is exact', () => {
    const { mean, variance } = moments(observed, (o) => estimate(doublyRobustErrors, o, wrongPropensity, errors));
    expect(mean).toBeCloseTo(ideal, 12);
    expect(variance).toBeCloseTo(0, 12);
  });
  test('has bias (1/|D|) Σ (π/p − 1)(e − ê) where neither is', () => {
    const bias = pairs.reduce((sum, d) => sum + (truth[d] / wrongPropensity[d] - 1) * (errors[d] - wrongImputation[d]), 0) / D;
    expect(Math.abs(bias)).toBeGreaterThan(0.05);
    expect(expected(doublyRobustErrors, wrongPropensity, wrongImputation) - ideal).toBeCloseTo(bias, 12);
  });
  test('is not Σ_o e/p − Σ_o ê, which is unbiased in neither case', () => {
    const faulty = (propensities: readonly number[], imputed: readonly number[]) =>
      moments(observed, (o) => pairs.reduce((sum, d) => sum + (o[d] * (errors[d] / propensities[d] - imputed[d])) / D + imputed[d] / D, 0))
        .mean;
    expect(Math.abs(faulty(truth, wrongImputation) - ideal)).toBeGreaterThan(0.1);
    expect(Math.abs(faulty(wrongPropensity, errors) - ideal)).toBeGreaterThan(0.1);
  });
});

describe('targeted doubly robust', () => {
  /** The definition, written out: correct ê by ε(1/p − 1), then doubly robust. */
  const definition = (o: readonly number[], p: readonly number[], imputed: readonly number[]) => {
    const over = (term: (d: number) => number) => pairs.reduce((sum, d) => sum + o[d] * term(d), 0);
    const squares = over((d) => (1 / p[d] - 1) ** 2);
    const epsilon = squares === 0 ? 0 : over((d) => (1 / p[d] - 1) * (errors[d] - imputed[d])) / squares;
    const corrected = imputed.map((error, d) => error + epsilon * (1 / p[d] - 1));
    return pairs.reduce((sum, d) => sum + (corrected[d] + (o[d] * (errors[d] - corrected[d])) / p[d]) / D, 0);
  };
  test('is its definition, in every outcome', () => {
    for (const { happened } of observed)
      expect(estimate(targetedErrors, happened, wrongPropensity, wrongImputation)).toBeCloseTo(
        definition(happened, wrongPropensity, wrongImputation),
        10,
      );
  });
  test('leaves nothing to correct in its direction, and is exact where the imputation is', () => {
    for (const { happened } of observed) expect(estimate(targetedErrors, happened, wrongPropensity, errors)).toBeCloseTo(ideal, 10);
  });
});

describe('self-normalised and stable', () => {
  test('both lie between the least and the largest error, in every outcome', () => {
    for (const { happened } of observed.slice(1))
      for (const weigh of [selfNormalisedErrors, stableErrors, naiveErrors]) {
        const value = estimate(weigh, happened, truth, wrongImputation);
        expect(value).toBeGreaterThanOrEqual(Math.min(...errors) - 1e-9);
        expect(value).toBeLessThanOrEqual(Math.max(...errors) + 1e-9);
      }
  });
  test('a common factor of the propensities cancels', () => {
    for (const { happened } of observed.slice(1))
      for (const weigh of [selfNormalisedErrors, stableErrors])
        expect(
          estimate(
            weigh,
            happened,
            truth.map((p) => p / 2),
            wrongImputation,
          ),
        ).toBeCloseTo(estimate(weigh, happened, truth, wrongImputation), 9);
  });
  test('stable is exact where the imputation is, whenever observed errors lie on both sides of their mean', () => {
    let looked = 0;
    for (const { happened } of observed) {
      const seen = pairs.filter((d) => happened[d] === 1).map((d) => errors[d] - ideal);
      if (!(Math.min(...seen) < -0.05 && Math.max(...seen) > 0.05)) continue;
      looked++;
      expect(estimate(stableErrors, happened, wrongPropensity, errors)).toBeCloseTo(ideal, 6);
    }
    expect(looked).toBeGreaterThan(50);
  });
  test('both are consistent: many copies of the world bring them to the ideal loss under the true propensities; naive stays away', () => {
    const copies = 3000;
    const rng = createRng('consistency');
    const o = Array.from({ length: D * copies }, (_, at) => Number(rng.next() < truth[at % D]));
    const seen = [...o.keys()].filter((at) => o[at] === 1).map((at) => at % D);
    const value = (weigh: WeighErrors) => {
      const { error } = weigh({
        propensities: Float64Array.from(seen, (d) => truth[d]),
        weights: new Float64Array(seen.length).fill(1 / (D * copies)),
        populationWeights: new Float64Array(D).fill(1 / D),
        populationPropensities: () => Float64Array.from(truth),
        imputed: () => Float64Array.from(seen, (d) => wrongImputation[d]),
        populationImputed: () => Float64Array.from(wrongImputation),
      });
      return seen.reduce((sum, d, k) => sum + error[k] * errors[d], 0);
    };
    // delta method: Var ≈ (1/n) mean (1/p − 1)(e − ideal)²
    const deviation = Math.sqrt(pairs.reduce((sum, d) => sum + (1 / truth[d] - 1) * (errors[d] - ideal) ** 2, 0) / D / (D * copies));
    expect(Math.abs(value(selfNormalisedErrors) - ideal)).toBeLessThan(4 * deviation);
    expect(Math.abs(value(stableErrors) - ideal)).toBeLessThan(6 * deviation);
    expect(Math.abs(value(naiveErrors) - ideal)).toBeGreaterThan(0.1);
  });
});
