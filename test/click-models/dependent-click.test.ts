import { cascade, clickMarginals, clickModels, dependentClick, examinationMarginals, logLikelihood } from '../../click-models/index.ts';
import { safeParse } from '../../src/schema.ts';
import { patternsOf } from './example-models.ts';

const lambda = [0.6, 0.25, 0.9];
const model = dependentClick.create({ continuation: lambda }, 3);
const attraction = Float64Array.of(0.3, 0.8, 0.5);

test('P(E_{k+1}) = P(E_k)(γ_k λ_k + 1 − γ_k)', () => {
  const second = 0.3 * 0.6 + 0.7;
  const expected = [1, second, second * (0.8 * 0.25 + 0.2)];
  examinationMarginals(model, attraction).forEach((theta, k) => {
    expect(theta).toBeCloseTo(expected[k], 15);
  });
});

/** P(clicks) by summing over the last position examined, with no Bayes update: an independent road to the likelihood. */
function probabilityByStops(clicks: Uint8Array): number {
  let [sum, read] = [0, 1];
  for (let last = 0; last < clicks.length; last++) {
    read *= clicks[last] ? attraction[last] : 1 - attraction[last];
    const goesOn = clicks[last] ? lambda[last] : 1;
    const silentBelow = clicks.subarray(last + 1).every((click) => click === 0);
    if (silentBelow) sum += read * (last === clicks.length - 1 ? 1 : 1 - goesOn);
    read *= goesOn;
  }
  return sum;
}

test.each(patternsOf(3).map((clicks) => [[...clicks], clicks] as const))(
  'P(clicks = %j) summed over where the user stopped',
  (_, clicks) => {
    expect(Math.exp(logLikelihood(model, attraction, clicks))).toBeCloseTo(probabilityByStops(clicks), 14);
  },
);

test('λ = 0 is the cascade, λ = 1 examines everything', () => {
  const stops = dependentClick.create({ continuation: 0 }, 3);
  expect([...clickMarginals(stops, attraction)]).toEqual([...clickMarginals(cascade.create({}, 3), attraction)]);
  examinationMarginals(dependentClick.create({ continuation: 1 }, 3), attraction).forEach((theta) => {
    expect(theta).toBeCloseTo(1, 15);
  });
});

test('a sure attraction left unclicked was not examined, and nothing below is', () => {
  const certain = Float64Array.of(0.5, 1, 0.5);
  expect(logLikelihood(model, certain, Uint8Array.of(1, 0, 0))).toBeCloseTo(Math.log(0.5 * 0.4), 14);
  expect(logLikelihood(model, certain, Uint8Array.of(1, 0, 1))).toBe(-Infinity);
  expect(logLikelihood(model, certain, Uint8Array.of(0, 0, 0))).toBe(-Infinity);
});

test('one λ stands for all; 0.6 by default', () => {
  expect([...dependentClick.create({ continuation: 0.3 }, 3).parameters.continuation]).toEqual([0.3, 0.3, 0.3]);
  expect(safeParse(clickModels['dependent-click'].options, {}).output).toEqual({ continuation: 0.6 });
});

test.each([[{ continuation: 1.1 }], [{ continuation: [0.5, -1] }], [{ lambda: 0.5 }]])('options %j are refused', (bad) => {
  expect(safeParse(clickModels['dependent-click'].options, bad).success).toBe(false);
});

test('fewer probabilities than positions are refused', () => {
  expect(() => dependentClick.create({ continuation: [0.5] }, 3)).toThrow(
    'continuation gives 1 values for 3 positions; give one per position',
  );
});
