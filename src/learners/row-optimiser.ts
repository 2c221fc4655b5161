import { UsageError } from '../errors.ts';
import type { Decoded } from '../schema.ts';
import type { adagrad } from './adagrad.ts';
import type { adam } from './adam.ts';
import type { sgd } from './sgd.ts';

/** A chosen optimiser with its decoded options: those of `optimisers`, so that a config says the same for rankers and for recommenders. */
export type ChosenOptimiser =
  | ({ readonly name: 'sgd' } & Decoded<typeof sgd.options>)
  | ({ readonly name: 'adam' } & Decoded<typeof adam.options>)
  | ({ readonly name: 'adagrad' } & Decoded<typeof adagrad.options>);

/** Moves single rows of a table; rows that a batch does not meet keep their values and their moments, so a step costs what the batch does. */
export interface RowOptimiser {
  /** Before the rows of a batch. */
  begin(): void;
  /** values[at … at + width − 1] downhill along gradient[from … from + width − 1] + l2 · values. */
  update(values: Float32Array, at: number, gradient: Float32Array, from: number, l2: number): void;
}

/**
 * The rules of `sgd`, `adam` and `adagrad` by row; Adam is the lazy one, its bias correction counts batches.
 * @throws UsageError for any other optimiser, such as one of a plugin
 */
export function rowOptimiser(chosen: ChosenOptimiser, rows: number, width: number): RowOptimiser {
  const size = rows * width;
  if (chosen.name === 'adam') return rowAdam(chosen, new Float32Array(size), new Float32Array(size), width);
  if (chosen.name === 'adagrad') return rowAdagrad(chosen, new Float32Array(size).fill(chosen.initialSum), width);
  checkSgd(chosen);
  return rowSgd(chosen, chosen.momentum === 0 ? null : new Float32Array(size), width);
}

/** @throws UsageError unless it is sgd, the last of those that go by row */
export function checkSgd({ name }: { readonly name: string }): void {
  if (name !== 'sgd') throw new UsageError(`the optimiser "${name}" is for rankers; models of pairs take sgd, adam or adagrad`);
}

function rowSgd({ learningRate, momentum }: Decoded<typeof sgd.options>, velocity: Float32Array | null, width: number): RowOptimiser {
  if (velocity === null)
    return {
      begin() {},
      update(values, at, gradient, from, l2) {
        const keep = 1 - learningRate * l2;
        for (let f = 0; f < width; f++) values[at + f] = keep * values[at + f] - learningRate * gradient[from + f];
      },
    };
  return {
    begin() {},
    update(values, at, gradient, from, l2) {
      for (let f = 0; f < width; f++) {
        velocity[at + f] = momentum * velocity[at + f] + gradient[from + f] + l2 * values[at + f];
        values[at + f] -= learningRate * velocity[at + f];
      }
    },
  };
}

function rowAdam(
  { learningRate, beta1, beta2, epsilon }: Decoded<typeof adam.options>,
  mean: Float32Array,
  square: Float32Array,
  width: number,
): RowOptimiser {
  let step = 0;
  let rate = 0;
  let correction = 0;
  return {
    begin() {
      step++;
      rate = learningRate / (1 - beta1 ** step);
      correction = 1 / Math.sqrt(1 - beta2 ** step);
    },
    update(values, at, gradient, from, l2) {
      for (let f = 0; f < width; f++) {
        const i = at + f;
        const g = gradient[from + f] + l2 * values[i];
        const m = mean[i] + (1 - beta1) * (g - mean[i]);
        const v = square[i] + (1 - beta2) * (g * g - square[i]);
        mean[i] = m;
        square[i] = v;
        values[i] -= (rate * m) / (Math.sqrt(v) * correction + epsilon);
      }
    },
  };
}

function rowAdagrad({ learningRate, epsilon }: Decoded<typeof adagrad.options>, sum: Float32Array, width: number): RowOptimiser {
  return {
    begin() {},
    update(values, at, gradient, from, l2) {
      for (let f = 0; f < width; f++) {
        const i = at + f;
        const g = gradient[from + f] + l2 * values[i];
        sum[i] += g * g;
        values[i] -= (learningRate * g) / (Math.sqrt(sum[i]) + epsilon);
      }
    },
  };
}
