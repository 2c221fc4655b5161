import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createRng, decodeOptions } from 'counterrank';
import { clickMarginals, logLikelihood, sampleSession } from 'counterrank/click-models';
import { clickModels } from './my-method.js';

const { options, create } = clickModels['my-method'];
const attraction = Float64Array.of(0.9, 0.2, 0.6);
const model = create({ persistence: 0.7 }, attraction.length);
const stated = clickMarginals(model, attraction);

test('options have their defaults and are checked', () => {
  assert.deepEqual(decodeOptions('my-method', options, {}), { persistence: 0.8 });
  assert.throws(() => decodeOptions('my-method', options, { persistence: 2 }), /persistence/);
});

test('a click takes reading that far, and attraction', () => {
  for (const [k, p] of [0.9, 0.7 * 0.2, 0.7 ** 2 * 0.6].entries()) assert.ok(Math.abs(stated[k] - p) < 1e-12);
});

test('the probabilities of all click patterns sum to 1, and over those with a click at a rank to what is stated of it', () => {
  const sums = new Float64Array(attraction.length);
  let total = 0;
  for (let pattern = 0; pattern < 2 ** attraction.length; pattern++) {
    const clicks = Uint8Array.from(attraction, (_, k) => (pattern >> k) & 1);
    const probability = Math.exp(logLikelihood(model, attraction, clicks));
    total += probability;
    for (const [k, clicked] of clicks.entries()) sums[k] += clicked * probability;
  }
  assert.ok(Math.abs(total - 1) < 1e-12);
  for (const [k, sum] of sums.entries()) assert.ok(Math.abs(sum - stated[k]) < 1e-12, `rank ${k + 1}: ${sum}, stated ${stated[k]}`);
});

test('sessions are drawn with the stated probabilities', () => {
  const [sessions, rng] = [20_000, createRng('my-method')];
  const [clicks, counts] = [new Uint8Array(attraction.length), new Float64Array(attraction.length)];
  for (let s = 0; s < sessions; s++) {
    sampleSession(model, { attraction }, rng, clicks);
    for (const [k, clicked] of clicks.entries()) counts[k] += clicked;
  }
  for (const [k, p] of stated.entries())
    assert.ok(
      Math.abs(counts[k] / sessions - p) < 4 * Math.sqrt((p * (1 - p)) / sessions),
      `rank ${k + 1}: ${counts[k] / sessions}, stated ${p}`,
    );
});
