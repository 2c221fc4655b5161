import { type PlaySettings, playStudy } from '../../../experiments/playground/play-study.ts';
import { UsageError } from '../../../src/errors.ts';

const usual: PlaySettings = { users: 'position-based', strength: 1, sessions: 1e7, noise: 0.1, production: 0.01, seed: 1 };
const worst = (found: ArrayLike<number>, truth: ArrayLike<number>) => Math.max(...Array.from(truth, (t, k) => Math.abs(found[k] / t - 1)));

test('of many clicks propensities are found, and rankers that correct by them come to the skyline; naive does not', () => {
  const { examination, estimated, ndcg, sessions, clickThrough } = playStudy(usual);
  const inverse = Array.from({ length: 10 }, (_, k) => 1 / (k + 1));
  expect(worst(examination, inverse)).toBeLessThan(1e-12);
  expect(worst(estimated['ips, all-pairs'] as Float64Array, inverse)).toBeLessThan(0.05);
  expect(ndcg['ips, all-pairs']).toBeGreaterThan(ndcg.naive + 0.02);
  expect(ndcg['dual-learning']).toBeGreaterThan(ndcg.naive + 0.02);
  expect(Math.abs(ndcg['ips, true propensities'] - ndcg.skyline)).toBeLessThan(0.03);
  expect(sessions).toHaveLength(40);
  expect(clickThrough).toHaveLength(10);
});

test('without bias naive is right', () => {
  const { ndcg, examination } = playStudy({ ...usual, strength: 0 });
  expect([...examination]).toEqual(new Array(10).fill(1));
  expect(Math.abs(ndcg.naive - ndcg['ips, true propensities'])).toBeLessThan(1e-9);
});

test('settings say everything: the same again, another seed another draw', () => {
  const few = { ...usual, sessions: 1000 };
  expect(playStudy(few)).toEqual(playStudy(few));
  expect(playStudy({ ...few, seed: 2 }).clicks).not.toBe(playStudy(few).clicks);
});

test.each(['position-based', 'trust-bias', 'dynamic-bayesian'] as const)(
  '%s users, from one session to 10⁹ and from no bias to the most',
  (users) => {
    for (const [sessions, strength] of [
      [1, 2],
      [1e9, 0.5],
    ]) {
      const { ndcg, examination } = playStudy({ ...usual, users, sessions, strength, production: 1 });
      expect(ndcg.skyline).toBeGreaterThan(0.5);
      for (const theta of examination) expect(theta).toBeGreaterThan(0);
    }
  },
);

test.each([
  ['users', 'cascade'],
  ['strength', 2.1],
  ['strength', Number.NaN],
  ['sessions', 0],
  ['sessions', 1.5],
  ['noise', -0.1],
  ['production', 2],
])('%s %p is refused', (key, value) => {
  expect(() => playStudy({ ...usual, [key]: value })).toThrow(UsageError);
  expect(() => playStudy({ ...usual, [key]: value })).toThrow(new RegExp(`^${key} must be `));
});
