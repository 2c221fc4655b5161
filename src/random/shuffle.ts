import type { Rng } from './rng.ts';

/** Puts items into uniformly random order, in place (Fisher–Yates, from the last to the first). @returns the same array */
export function shuffle<T extends Uint32Array | Float64Array | unknown[]>(items: T, rng: Rng): T {
  for (let i = items.length - 1; i > 0; i--) {
    const j = Math.floor(rng.next() * (i + 1));
    const swapped = items[i];
    items[i] = items[j];
    items[j] = swapped;
  }
  return items;
}
