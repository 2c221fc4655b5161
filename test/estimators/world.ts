import type { Bias } from '../../src/bias.ts';
import type { ClickLog } from '../../src/data/click-log.ts';
import type { Rng } from '../../src/random/rng.ts';

/** A position-based world small enough to enumerate: two lists of three documents, shown with these shares. */
export const examination = Float64Array.of(0.9, 0.5, 0.08);
export const attraction = Float64Array.of(0.3, 0.8, 0.6, 0.9, 0.2, 0.7);
export const share = [0.4, 0.6];
export const bias: Bias = { kind: 'examination', examination };
export const gains = Float64Array.of(3, 1, 2, 4, 2.5, 3.5);

/** Σ over lists and positions of share · f(θ_k, γ, g). */
export const expectation = (f: (theta: number, gamma: number, gain: number) => number): number =>
  attraction.reduce((sum, gamma, i) => sum + share[i < 3 ? 0 : 1] * f(examination[i % 3], gamma, gains[i]), 0);

/** Every list with each of its eight click patterns; `count` says how many sessions each has. */
function worldLog(count: (list: number, pattern: number) => number): ClickLog {
  const rows = [0, 1]
    .flatMap((list) => Array.from({ length: 8 }, (_, pattern) => ({ list, pattern, n: count(list, pattern) })))
    .filter(({ n }) => n > 0);
  return {
    queries: Uint32Array.of(0, 1),
    offsets: Uint32Array.of(0, 3, 6),
    docs: Uint32Array.of(0, 1, 2, 3, 4, 5),
    list: Uint32Array.from(rows, ({ list }) => list),
    clickOffsets: Uint32Array.from({ length: rows.length + 1 }, (_, r) => 3 * r),
    clicks: Uint8Array.from(rows.flatMap(({ pattern }) => [0, 1, 2].map((k) => (pattern >> k) & 1))),
    count: Float64Array.from(rows, ({ n }) => n),
  };
}

/** The log of infinitely many sessions: the count of a row is its probability times `sessions`. */
export const exactLog = (sessions = 1): ClickLog =>
  worldLog((list, pattern) => {
    const clickProbability = (k: number) => examination[k] * attraction[3 * list + k];
    return [0, 1, 2].reduce((p, k) => p * ((pattern >> k) & 1 ? clickProbability(k) : 1 - clickProbability(k)), sessions * share[list]);
  });

/** A log of `sessions` sessions drawn one by one. */
export function sampledLog(sessions: number, rng: Rng): ClickLog {
  const counts = [new Float64Array(8), new Float64Array(8)];
  for (let s = 0; s < sessions; s++) {
    const list = rng.next() < share[0] ? 0 : 1;
    const pattern = [0, 1, 2].reduce((bits, k) => bits | (Number(rng.next() < examination[k] * attraction[3 * list + k]) << k), 0);
    counts[list][pattern]++;
  }
  return worldLog((list, pattern) => counts[list][pattern]);
}
