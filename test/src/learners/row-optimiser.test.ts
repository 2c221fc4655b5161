import { UsageError } from '../../../src/errors.ts';
import { optimisers } from '../../../src/learners/optimisers.ts';
import { type ChosenOptimiser, rowOptimiser } from '../../../src/learners/row-optimiser.ts';
import { createRng } from '../../../src/random/rng.ts';

const choices: ChosenOptimiser[] = [
  { name: 'sgd', learningRate: 0.1, momentum: 0 },
  { name: 'sgd', learningRate: 0.1, momentum: 0.9 },
  { name: 'adam', learningRate: 0.05, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
  { name: 'adagrad', learningRate: 0.1, initialSum: 0.1, epsilon: 1e-10 },
];

test.each(choices)('$name over all rows at every step is the dense optimiser, the L2 penalty included', (chosen) => {
  const [rows, width, l2] = [3, 4, 0.3];
  const rng = createRng('rows');
  const byRow = Float32Array.from({ length: rows * width }, () => rng.next() - 0.5);
  const dense = byRow.slice();
  const rule = rowOptimiser(chosen, rows, width);
  const whole = (optimisers[chosen.name].create as (options: ChosenOptimiser, count: number) => ReturnType<typeof optimisers.sgd.create>)(
    chosen,
    rows * width,
  );
  for (let step = 0; step < 20; step++) {
    const gradient = Float32Array.from({ length: rows * width }, () => rng.next() - 0.5);
    whole.step(
      dense,
      gradient.map((g, p) => g + l2 * dense[p]),
    );
    rule.begin();
    for (let row = 0; row < rows; row++) rule.update(byRow, row * width, gradient, row * width, l2);
  }
  byRow.forEach((value, p) => {
    expect(value).toBeCloseTo(dense[p], 4);
  });
});

test('an optimiser that goes by no row, such as one of a plugin, is refused', () => {
  expect(() => rowOptimiser({ name: 'mine', learningRate: 0.1 } as never, 3, 4)).toThrow(
    new UsageError('the optimiser "mine" is for rankers; models of pairs take sgd, adam or adagrad'),
  );
});
