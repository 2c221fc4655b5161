import { UsageError } from '../errors.ts';
import type { Rng } from '../random/rng.ts';
import { hashed, signOf } from '../score.ts';

/** How numbers of ids lie in the rows of a table: a number has `each` rows, whose sum with its sign is its own. */
export interface IdCompression {
  readonly rows: number;
  readonly each: 1 | 2;
  /** @param n from 0; of hashing below 2³¹ @param j below `each` */
  row(n: number, j: number): number;
  sign(n: number): 1 | -1;
}

/** Coefficients a, b of the row of a number and s, t of its sign, see {@link hashedRows}. */
export type Hashing = readonly [a: number, b: number, s: number, t: number];

export const drawHashing = (rng: Rng): Hashing => {
  const draw = () => 1 + Math.floor(rng.double() * (2 ** 21 - 1)); // products stay below 2⁵³
  return [draw(), draw(), draw(), draw()];
};

const plus = () => 1 as const;

/** A row of its own for each number. */
export const ownRows = (count: number): IdCompression => ({ rows: count, each: 1, row: (n) => n, sign: plus });

/**
 * m rows that numbers are hashed to, each with a sign of its own, so that what falls together does not pull one way:
 * h(n) = ((a + bn) mod (2³¹ − 1)) mod m. Weinberger et al., ICML 2009.
 */
export const hashedRows = (rows: number, [a, b, s, t]: Hashing): IdCompression => ({
  rows,
  each: 1,
  row: (n) => hashed(n, a, b) % rows,
  sign: (n) => signOf(n, s, t),
});

/** A row for the remainder of a number by m and one for its quotient: no two share both. m + ⌈count/m⌉ rows. Shi et al., KDD 2020, rows added. */
export const quotientRemainderRows = (count: number, shared: number): IdCompression => ({
  rows: shared + Math.ceil(count / shared),
  each: 2,
  row: (n, j) => (j === 0 ? n % shared : shared + Math.floor(n / shared)),
  sign: plus,
});

/** m = ⌈count/c⌉ rows for so many ids. @param compression c, ids for each row @throws UsageError for one below 1 */
export function sharedRows(count: number, compression: number): number {
  if (!(compression >= 1 && compression < Infinity)) throw new UsageError(`compression must be a number of at least 1, got ${compression}`);
  return Math.max(1, Math.ceil(count / compression));
}
