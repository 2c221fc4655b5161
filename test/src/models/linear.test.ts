import { UsageError } from '../../../src/errors.ts';
import { linear } from '../../../src/models/linear.ts';
import { numericGradient, someFeatures, waveLoss } from './numeric-gradient.ts';

test('starts at 0, so every document ties', () => {
  const scorer = linear(3);
  expect([...scorer.parameters]).toEqual([0, 0, 0, 0]);
  expect([...scorer.score(someFeatures(6))]).toEqual([0, 0]);
});

test('s(x) = w · x + b, the bias last', () => {
  const scorer = linear(2);
  scorer.parameters.set([2, -1, 0.5]);
  expect([...scorer.score(Float32Array.of(1, 2, 3, 4, 0, 0))]).toEqual([2 * 1 - 2 + 0.5, 2 * 3 - 4 + 0.5, 0.5]);
});

test('gradient of the loss: Σ_i ∂loss/∂s_i · (x_i, 1), and the loss itself', () => {
  const scorer = linear(2);
  const gradient = new Float32Array(3).fill(9);
  const value = scorer.lossGradient(
    Float32Array.of(1, 2, 3, 4),
    (scores, slopes) => {
      expect([...scores]).toEqual([0, 0]);
      slopes.set([0.5, -2]);
      return 7;
    },
    gradient,
  );
  expect(value).toBe(7);
  expect([...gradient]).toEqual([0.5 * 1 - 2 * 3, 0.5 * 2 - 2 * 4, 0.5 - 2]);
});

test('gradient agrees with central differences', () => {
  const [scorer, features] = [linear(5), someFeatures(5 * 12)];
  scorer.parameters.set([0.3, -0.2, 0.8, -1, 0.1, 0.4]);
  const gradient = new Float32Array(6);
  scorer.lossGradient(features, waveLoss, gradient);
  numericGradient(scorer, features, waveLoss).forEach((slope, p) => {
    expect(gradient[p]).toBeCloseTo(slope, 3);
  });
});

test('features that are not whole rows are refused, in scores and in gradients', () => {
  const scorer = linear(3);
  expect(() => scorer.score(new Float32Array(7))).toThrow(UsageError);
  expect(() => scorer.lossGradient(new Float32Array(7), waveLoss, new Float32Array(4))).toThrow('7 feature values');
});

test('no document, no gradient', () => {
  const gradient = Float32Array.of(1, 2);
  expect(linear(1).lossGradient(new Float32Array(0), waveLoss, gradient)).toBe(0);
  expect([...gradient]).toEqual([0, 0]);
});
