import { type ClickLog, clickSums, positionsOf } from '../src/data/click-log.ts';
import type { ListBatch } from '../src/learners/batches.ts';

/** n_ij of the lists that some session saw: sessions in which position i was clicked and j was not. List l has K_l² of them from starts[l], row i first. */
export interface ClickPairs {
  readonly starts: Uint32Array;
  readonly counts: Float64Array;
}

/** One pass over the rows. @param worth of a session, by its number of clicks: what it counts in place of 1 */
export function clickPairs(log: ClickLog, worth: (clicks: number) => number = () => 1): ClickPairs {
  const { sessions } = clickSums(log);
  const start = new Uint32Array(sessions.length);
  const starts: number[] = [];
  let size = 0;
  for (let l = 0; l < sessions.length; l++) {
    if (sessions[l] === 0) continue;
    starts.push(size);
    start[l] = size;
    size += (log.offsets[l + 1] - log.offsets[l]) ** 2;
  }
  const counts = new Float64Array(size);
  const { clicks, clickOffsets, list } = log;
  const places = new Uint32Array(positionsOf(log)); // of a row: those that were clicked from the front, the others from the back
  for (let row = 0; row < list.length; row++) {
    const from = clickOffsets[row];
    const K = clickOffsets[row + 1] - from;
    let [clicked, other] = [0, K];
    for (let i = 0; i < K; i++)
      if (clicks[from + i] === 0) places[--other] = i;
      else places[clicked++] = i;
    if (clicked === 0 || clicked === K) continue;
    const count = log.count[row] * worth(clicked);
    for (let i = 0; i < clicked; i++) {
      const at = start[list[row]] + places[i] * K;
      for (let j = clicked; j < K; j++) counts[at + places[j]] += count;
    }
  }
  return { starts: Uint32Array.from(starts), counts };
}

/** Calls `visit` for every two documents of a batch's list of which in some session one alone was clicked: their places, i above j, their ranks, and in how many it was i, and j. */
export function eachPair(
  { starts, counts }: ClickPairs,
  { offsets, lists }: ListBatch,
  visit: (i: number, j: number, rankI: number, rankJ: number, first: number, second: number) => void,
): void {
  for (let l = 0; l < lists.length; l++) {
    const [at, length, start] = [offsets[l], offsets[l + 1] - offsets[l], starts[lists[l]]];
    for (let a = 0; a < length; a++)
      for (let b = a + 1; b < length; b++) {
        const first = counts[start + a * length + b];
        const second = counts[start + b * length + a];
        if (first > 0 || second > 0) visit(at + a, at + b, a, b, first, second);
      }
  }
}
