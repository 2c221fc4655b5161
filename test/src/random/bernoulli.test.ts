import { bernoulli } from '../../../src/random/bernoulli.ts';
import { createRng, type Rng } from '../../../src/random/rng.ts';

test.each([0.003, 0.5, 0.97])('p = %d within 4 standard errors of 100,000 draws', (p) => {
  const n = 100_000;
  const rng = createRng(`bernoulli ${p}`);
  let successes = 0;
  for (let i = 0; i < n; i++) if (bernoulli(p, rng)) successes++;
  expect(Math.abs(successes / n - p)).toBeLessThan(4 * Math.sqrt((p * (1 - p)) / n));
});

test('never at 0, always at 1', () => {
  const rng = createRng('sure');
  for (let i = 0; i < 1000; i++) expect([bernoulli(0, rng), bernoulli(1, rng)]).toEqual([false, true]);
});

/** A stream of the given draws. */
function scripted(...draws: number[]): Rng {
  const next = () => draws.shift() as number;
  const fork = () => scripted();
  return { next, double: next, fork };
}

test('where 32 bits do not decide, the next 32 do: p = 2⁻³³ succeeds on half of the draws of 0', () => {
  expect(bernoulli(2 ** -33, scripted(0, 0.49))).toBe(true);
  expect(bernoulli(2 ** -33, scripted(0, 0.5))).toBe(false);
  expect(bernoulli(2 ** -33, scripted(2 ** -32))).toBe(false);
});
