import { gumbelTopK } from '../../../src/random/gumbel-top-k.ts';
import { createRng } from '../../../src/random/rng.ts';
import { chiSquareZ } from './goodness-of-fit.ts';

const logits = [0.5, -1, 1.2];

/** Plackett–Luce: Π of exp(logit) over the sum of what is left. */
function plackettLuce(order: readonly number[]): number {
  const left = new Set(logits.keys());
  return order.reduce((p, i) => {
    const sum = [...left].reduce((total, j) => total + Math.exp(logits[j]), 0);
    left.delete(i);
    return (p * Math.exp(logits[i])) / sum;
  }, 1);
}

const orders = [
  [0, 1, 2],
  [0, 2, 1],
  [1, 0, 2],
  [1, 2, 0],
  [2, 0, 1],
  [2, 1, 0],
];

test('the tested probabilities of all orders sum to 1', () => {
  expect(orders.reduce((sum, order) => sum + plackettLuce(order), 0)).toBeCloseTo(1, 14);
});

test('all orders of three come with their Plackett–Luce probabilities (chi-square, 60,000 draws)', () => {
  const rng = createRng('orders');
  const counts = new Float64Array(6);
  for (let i = 0; i < 60_000; i++) {
    const drawn = gumbelTopK(logits, 3, rng).join();
    counts[orders.findIndex((order) => order.join() === drawn)]++;
  }
  expect(chiSquareZ(counts, orders.map(plackettLuce))).toBeLessThan(4.5);
});

test('a shorter top is the top of the same ranking', () => {
  expect([...gumbelTopK(logits, 2, createRng('same'))]).toEqual([...gumbelTopK(logits, 3, createRng('same'))].slice(0, 2));
});

test('fewer items than asked for: all of them; none: none', () => {
  expect([...gumbelTopK(logits, 10, createRng('few'))].sort()).toEqual([0, 1, 2]);
  expect(gumbelTopK([], 3, createRng('none'))).toHaveLength(0);
});

test('a logit of −∞ never comes before a finite one', () => {
  const rng = createRng('never');
  for (let i = 0; i < 1000; i++) expect(gumbelTopK([-Infinity, 0, -5], 3, rng)[2]).toBe(0);
});
