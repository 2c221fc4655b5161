import type { Rng } from './rng.ts';
import { shuffle } from './shuffle.ts';

/** 0 … n − 1 in uniformly random order (Fisher–Yates). */
export function permutation(n: number, rng: Rng): Uint32Array {
  return shuffle(
    Uint32Array.from({ length: n }, (_, i) => i),
    rng,
  );
}
