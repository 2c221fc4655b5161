import assert from 'node:assert/strict';
import { test } from 'node:test';
import { losses } from './my-method.js';

const loss = losses['my-method'].create();
/** Two lists, of 4 and of 2 sessions. */
const lists = { offsets: Uint32Array.of(0, 2, 3), weights: Float64Array.of(3, 1, 2), sessions: Float64Array.of(4, 2) };
const scores = Float32Array.of(0.5, -1, 2);
const gradient = new Float32Array(3);

test('its value is the formula', () => {
  const expected = 2 * 0.25 - 3 * 0.5 + (2 * 1 + 1 * 1) + (1 * 4 - 2 * 2);
  assert.equal(loss.value(scores, lists, gradient), expected);
});

test('its gradient is the slope of its value', () => {
  loss.value(scores, lists, gradient);
  const [slopes, step] = [[...gradient], 2 ** -10];
  for (const [i, slope] of slopes.entries()) {
    const at = scores.map((score, j) => (i === j ? score + step : score));
    const before = scores.map((score, j) => (i === j ? score - step : score));
    const difference = (loss.value(at, lists, gradient) - loss.value(before, lists, gradient)) / (2 * step);
    assert.ok(Math.abs(slope - difference) < 1e-4, `score ${i}: ${slope}, by differences ${difference}`);
  }
});

test('its curvature is the slope of its gradient', () => {
  const curvature = new Float32Array(3);
  loss.value(scores, lists, gradient, curvature);
  const [before, after] = [new Float32Array(3), new Float32Array(3)];
  for (const [i, bend] of curvature.entries()) {
    loss.value(
      scores.map((score, j) => (i === j ? score - 0.5 : score)),
      lists,
      before,
    );
    loss.value(
      scores.map((score, j) => (i === j ? score + 0.5 : score)),
      lists,
      after,
    );
    assert.ok(Math.abs(bend - (after[i] - before[i])) < 1e-4, `score ${i}: ${bend}, by differences ${after[i] - before[i]}`);
  }
});

test('twice the weights cost twice what they cost: it is linear in them', () => {
  const value = (factor = 1) => loss.value(scores, { ...lists, weights: lists.weights.map((weight) => factor * weight) }, gradient);
  assert.ok(Math.abs(value(2) - value(1) - (value(1) - value(0))) < 1e-12);
});
