import { type OpensKernels, openKernels } from '../../../src/kernels/kernels.ts';
import type { ChosenOptimiser } from '../../../src/learners/row-optimiser.ts';
import { factorTables } from '../../../src/models/factor-tables.ts';
import { matrixFactorisation } from '../../../src/models/matrix-factorisation.ts';
import { gaussian } from '../../../src/random/gaussian.ts';
import { createRng } from '../../../src/random/rng.ts';

const none: OpensKernels = () => null;
const [users, items, count] = [40, 23, 150];
const optimisers: ChosenOptimiser[] = [
  { name: 'sgd', learningRate: 0.1, momentum: 0 },
  { name: 'sgd', learningRate: 0.1, momentum: 0.9 },
  { name: 'adagrad', learningRate: 0.05, initialSum: 0.1, epsilon: 1e-10 },
  { name: 'adam', learningRate: 0.01, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
];

test.each(optimisers)('kernels do what plain code does, for all dimensions: $name, momentum $momentum', (optimiser) => {
  for (let dimension = 1; dimension <= 70; dimension++)
    for (const biases of [true, false]) {
      const rng = createRng(`factors-${dimension}`);
      const sides = [none, openKernels].map((open) => {
        const tables = factorTables({ users, items, dimension, biases }, optimiser, open);
        const start = createRng('start');
        for (const rows of [tables.users, tables.items]) for (let at = 0; at < rows.length; at++) rows[at] = 0.3 * gaussian(start);
        return { ...tables, scores: new Float32Array(count) };
      });
      for (let step = 0; step < 3; step++) {
        const draw = (rows: number) => Uint32Array.from({ length: count }, () => Math.floor(rng.next() * rows));
        const [u, i] = [draw(users), draw(items)];
        const derivative = Float32Array.from({ length: count }, () => (rng.next() < 0.1 ? 0 : gaussian(rng) / 10));
        for (const side of sides) {
          side.score(u, i, count, 0.25, side.scores);
          expect(side.add(u, i, count, derivative)).toBeCloseTo(
            derivative.reduce((sum, d) => sum + d, 0),
            5,
          );
          side.apply(0.01);
        }
      }
      const [plain, kernel] = sides;
      for (const part of ['users', 'items', 'scores'] as const) expect(furthest(kernel[part], plain[part])).toBeLessThan(1e-5);
    }
});

/** The largest |a − b|, relative to b beyond 1. */
const furthest = (a: Float32Array, b: Float32Array): number =>
  a.reduce((most, value, at) => Math.max(most, Math.abs(value - b[at]) / Math.max(1, Math.abs(b[at]))), 0);

test('a batch of more pairs than the kernels take at once', () => {
  const setting = { users: 300, items: 200, optimiser: optimisers[0], l2: 1e-3 };
  const options = { dimension: 5, biases: true, initialScale: 0.3, initialBias: 0.1 };
  const rng = createRng('large');
  const pairs = 10_000;
  const u = Uint32Array.from({ length: pairs }, () => Math.floor(rng.next() * 300));
  const i = Uint32Array.from({ length: pairs }, () => Math.floor(rng.next() * 200));
  const derivative = Float32Array.from({ length: pairs }, () => gaussian(rng) / 100);
  const [plain, kernel] = [none, openKernels].map((open) => {
    const model = matrixFactorisation(options, setting, createRng('model'), open);
    model.step(u, i, pairs, derivative);
    const scores = new Float32Array(pairs);
    model.score(u, i, pairs, scores);
    return [...model.parameters, scores];
  });
  plain.forEach((values, part) => {
    expect(furthest(kernel[part], values)).toBeLessThan(1e-5);
  });
});

test('a row that is no number spoils no other row', () => {
  const tables = factorTables({ users: 3, items: 2, dimension: 5, biases: true }, optimisers[0]);
  tables.users.fill(1).fill(NaN, 6, 12);
  tables.items.fill(1);
  const scores = new Float32Array(2);
  tables.score(Uint32Array.of(0, 2), Uint32Array.of(0, 1), 2, 0, scores);
  expect([...scores]).toEqual([7, 7]);
  tables.add(Uint32Array.of(0), Uint32Array.of(1), 1, Float32Array.of(1));
  tables.apply(0);
  expect([0, 5, 12, 17].map((at) => tables.users[at])).toEqual([0.9, 0.9, 1, 1].map(Math.fround));
});

test('an optimiser that is for rankers is refused', () => {
  const optimiser = { name: 'plugin' } as unknown as ChosenOptimiser;
  for (const open of [none, openKernels])
    expect(() => factorTables({ users: 1, items: 1, dimension: 1, biases: true }, optimiser, open)).toThrow(/models of pairs take sgd/);
});
