import { InteractionBuilder } from '../../../src/data/interactions/interaction-builder.ts';
import { holdOutPairs } from '../../../src/learners/held-out-pairs.ts';
import { heldOutSample, isClicked, sampledPairs } from '../../../src/learners/pair-sampler.ts';
import { createRng } from '../../../src/random/rng.ts';

const [U, I] = [12, 9];
const builder = new InteractionBuilder({ file: 'made' });
for (let u = 0; u < U; u++)
  for (let i = 0; i < I; i++) if ((3 * u + 5 * i) % 7 < 2) builder.add({ user: `${u}`, item: `${i}`, click: (u + i) % 3 === 0 ? 0 : 1 }, 1);
const log = builder.build();
const value = (user: number, item: number) => 1 + Math.sin(user) * Math.cos(2 * item) + (isClicked(log, user, item) ? 3 : 0);
const none = holdOutPairs(0, createRng('none'));

test.each([
  [{ batch: 10, clickedShare: 0.5, reweighted: true }],
  [{ batch: 16, clickedShare: 0.1, reweighted: true }],
  [{ batch: 7, clickedShare: null, reweighted: true }],
])('with %j the expectation of Σ weight · f is the mean of f over all pairs', (sampling) => {
  let truth = 0;
  for (let u = 0; u < U; u++) for (let i = 0; i < I; i++) truth += value(u, i) / (U * I);
  const batches = sampledPairs(log, sampling, none, createRng('sampler'));
  let wrong = 0;
  const estimates = Array.from({ length: 8000 }, () => {
    const { users, items, clicked, weights, count } = batches.next().value;
    let sum = 0;
    for (let b = 0; b < count; b++) {
      if ((clicked[b] === 1) !== isClicked(log, users[b], items[b])) wrong++;
      sum += weights[b] * value(users[b], items[b]);
    }
    return sum;
  });
  expect(wrong).toBe(0);
  const mean = estimates.reduce((a, b) => a + b, 0) / estimates.length;
  const variance = estimates.reduce((sum, v) => sum + (v - mean) ** 2, 0) / estimates.length;
  expect(Math.abs(mean - truth)).toBeLessThan(4 * Math.sqrt(variance / estimates.length));
});

test('without reweighting all count alike', () => {
  const { weights, clicked } = sampledPairs(log, { batch: 8, clickedShare: 0.25, reweighted: false }, none, createRng('a')).next().value;
  expect([...weights]).toEqual(new Array(8).fill(1 / 8));
  expect([...clicked]).toEqual([1, 1, 0, 0, 0, 0, 0, 0]);
});

test('held-out pairs are as many as stated, never trained on, and all that is validated on', () => {
  const heldOut = holdOutPairs(0.3, createRng('held'));
  let share = 0;
  for (let u = 0; u < 200; u++) for (let i = 0; i < 200; i++) share += heldOut.has(u, i) ? 1 / 40_000 : 0;
  expect(Math.abs(share - 0.3)).toBeLessThan(4 * Math.sqrt((0.3 * 0.7) / 40_000));
  const batches = sampledPairs(log, { batch: 64, clickedShare: 0.5, reweighted: true }, heldOut, createRng('batches'));
  for (let k = 0; k < 20; k++) {
    const { users, items } = batches.next().value;
    users.forEach((user, b) => {
      expect(heldOut.has(user, items[b])).toBe(false);
    });
  }
  const weighting = { clickedShare: 0.5, reweighted: true };
  const sample = heldOutSample(log, heldOut, 1000, weighting, createRng('validation'));
  sample?.users.forEach((user, b) => {
    expect(heldOut.has(user, sample.items[b])).toBe(true);
  });
  expect(sample?.weights.reduce((a, b) => a + b, 0)).toBeCloseTo(1, 9);
  const asDrawn = heldOutSample(log, heldOut, 1000, { clickedShare: 0.5, reweighted: false }, createRng('validation'));
  expect(asDrawn?.weights.reduce((sum, w, b) => sum + w * asDrawn.clicked[b], 0)).toBeCloseTo(0.5, 9);
  expect(heldOutSample(log, none, 1000, weighting, createRng('validation'))).toBeNull();
});

test('a log without clicks, and one with repeated impressions, are refused', () => {
  const sampling = { batch: 8, clickedShare: 0.5, reweighted: true };
  const silent = { ...log, clicks: new Uint8Array(log.items.length) };
  expect(() => sampledPairs(silent, sampling, none, createRng('a')).next()).toThrow(/no click: nothing to learn from/);
  expect(() => sampledPairs({ ...log, repeated: true }, sampling, none, createRng('a')).next()).toThrow(/one row a pair/);
});

test('a log in which every pair is clicked has nothing to compare with: a message, not an endless search', () => {
  const all = new InteractionBuilder({ file: 'made' });
  for (let u = 0; u < 20; u++) for (let i = 0; i < 10; i++) all.add({ user: `${u}`, item: `${i}` }, 1);
  const full = all.build();
  const heldOut = holdOutPairs(0.5, createRng('held'));
  const sampling = { batch: 8, clickedShare: 0.5, reweighted: true };
  expect(() => sampledPairs(full, sampling, none, createRng('a')).next()).toThrow(/no training pair without a click/);
  expect(() => heldOutSample(full, heldOut, 10, sampling, createRng('a'))).toThrow(/no held-out pair without a click/);
});
