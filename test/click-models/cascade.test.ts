import { cascade, clickMarginals, clickModels, examinationMarginals, logLikelihood } from '../../click-models/index.ts';
import { safeParse } from '../../src/schema.ts';

const model = cascade.create({}, 3);
const attraction = Float64Array.of(0.3, 0.8, 0.5);

test('P(C_k = 1) = γ_k Π_{i<k} (1 − γ_i)', () => {
  const expected = [0.3, 0.8 * 0.7, 0.5 * 0.7 * 0.2];
  clickMarginals(model, attraction).forEach((p, k) => {
    expect(p).toBeCloseTo(expected[k], 15);
  });
});

test('P(E_k = 1) = Π_{i<k} (1 − γ_i), so it depends on what is shown above', () => {
  const expected = [1, 0.7, 0.7 * 0.2];
  examinationMarginals(model, attraction).forEach((theta, k) => {
    expect(theta).toBeCloseTo(expected[k], 15);
  });
  expect(model.bias).toBeNull();
});

test.each([
  [[0, 0, 0], 0.7 * 0.2 * 0.5],
  [[1, 0, 0], 0.3],
  [[0, 1, 0], 0.7 * 0.8],
  [[0, 0, 1], 0.7 * 0.2 * 0.5],
  [[1, 0, 1], 0], // a second click is ruled out
])('P(clicks = %j) = %d', (clicks, probability) => {
  expect(Math.exp(logLikelihood(model, attraction, Uint8Array.from(clicks)))).toBeCloseTo(probability, 14);
});

test('a document that is always clicked hides what is below', () => {
  expect([...clickMarginals(model, Float64Array.of(0.4, 1, 0.9))]).toEqual([0.4, 0.6, 0]);
});

test('lists may be of any length; there are no options', () => {
  expect(model.positions).toBe(Infinity);
  expect(clickMarginals(model, new Float64Array(500).fill(0.01))[499]).toBeCloseTo(0.01 * 0.99 ** 499, 14);
  expect(safeParse(clickModels.cascade.options, { continuation: 1 }).success).toBe(false);
});
