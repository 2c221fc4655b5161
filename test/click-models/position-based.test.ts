import { clickMarginals, clickModels, clickProbabilities, positionBased, sampleCounts } from '../../click-models/index.ts';
import { createRng } from '../../src/random/rng.ts';
import { safeParse } from '../../src/schema.ts';

const { options } = clickModels['position-based'];

test('P(C_k = 1) = θ_k γ_k, whatever was clicked above', () => {
  const model = positionBased.create({ examination: [0.9, 0.5, 0.2], eta: 1 }, 3);
  expect([...clickMarginals(model, Float64Array.of(0.3, 0.8, 1))]).toEqual([0.9 * 0.3, 0.5 * 0.8, 0.2 * 1]);
  expect(clickProbabilities(model, Float64Array.of(0.3, 0.8, 1), Uint8Array.of(1, 0, 0))[1]).toBe(0.5 * 0.8);
  expect(model.bias).toEqual({ kind: 'examination', examination: Float64Array.of(0.9, 0.5, 0.2) });
});

test.each([
  ['eye-tracking', 1, [0.68, 0.61, 0.48, 0.34, 0.28, 0.2, 0.11, 0.1, 0.08, 0.06, 0.06, 0.06]],
  ['inverse-rank', 1, [1, 1 / 2, 1 / 3, 1 / 4]],
  ['inverse-rank', 2, [1, 1 / 4, 1 / 9]],
  ['inverse-rank', 0, [1, 1, 1]],
  [[0.25, 0.09, 0.7], 0.5, [0.5, 0.3]], // values beyond the shown positions are left out
] as const)('θ = %j to the power %d is %j', (examination, eta, theta) => {
  const chosen = typeof examination === 'string' ? examination : [...examination];
  const model = positionBased.create({ examination: chosen, eta }, theta.length);
  model.parameters.examination.forEach((value, k) => {
    expect(value).toBeCloseTo(theta[k], 14);
  });
});

test('by default: eye tracking, η = 1', () => {
  expect(safeParse(options, {}).output).toEqual({ examination: 'eye-tracking', eta: 1 });
});

test.each([[{ examination: 'eye' }], [{ examination: [0.5, 1.1] }], [{ examination: [Number.NaN] }], [{ eta: -1 }], [{ etta: 1 }]])(
  'options %j are refused',
  (bad) => {
    expect(safeParse(options, bad).success).toBe(false);
  },
);

test('fewer probabilities than positions are refused', () => {
  expect(() => positionBased.create({ examination: [0.9, 0.5], eta: 1 }, 3)).toThrow(
    'examination gives 2 values for 3 positions; give one per position',
  );
});

test('no examination, no click', () => {
  const model = positionBased.create({ examination: [0, 1], eta: 1 }, 2);
  const patterns: string[] = [];
  sampleCounts(model, Float64Array.of(1, 1), 1000, createRng('unseen'), (clicks, count) => patterns.push(`${clicks}: ${count}`));
  expect(patterns).toEqual(['0,1: 1000']);
});

test('counts come for lists far longer than a call stack is deep', () => {
  const K = 20_000;
  const long = clickModels['position-based'].create({ examination: 'inverse-rank', eta: 0 }, K);
  let [sessions, clicked] = [0, 0];
  sampleCounts(long, new Float64Array(K).fill(0.01), 50, createRng('long'), (clicks, count) => {
    sessions += count;
    clicked += count * clicks.reduce((sum, click) => sum + click, 0);
  });
  expect(sessions).toBe(50);
  expect(Math.abs(clicked - 50 * K * 0.01)).toBeLessThan(5 * Math.sqrt(50 * K * 0.01));
});
