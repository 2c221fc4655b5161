import { type ClickLog, clickSums } from '../src/data/click-log.ts';
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
  for (let row = 0; row < log.list.length; row++) {
    const clicks = log.clicks.subarray(log.clickOffsets[row], log.clickOffsets[row + 1]);
    const count = log.count[row] * worth(clicks.reduce((sum, c) => sum + c, 0));
    for (let i = 0; i < clicks.length; i++)
      if (clicks[i] === 1)
        for (let j = 0; j < clicks.length; j++) if (clicks[j] === 0) counts[start[log.list[row]] + i * clicks.length + j] += count;
  }
  return { starts: Uint32Array.from(starts), counts };
}

/** Calls `visit` for every pair of a batch that was seen: places of the clicked and the other document, their ranks, and how often. */
export function eachPair(
  { starts, counts }: ClickPairs,
  { offsets, lists }: ListBatch,
  visit: (i: number, j: number, rankI: number, rankJ: number, count: number) => void,
): void {
  for (let l = 0; l < lists.length; l++) {
    const [at, length] = [offsets[l], offsets[l + 1] - offsets[l]];
    for (let a = 0; a < length; a++)
      for (let b = 0; b < length; b++) {
        const count = counts[starts[lists[l]] + a * length + b];
        if (count > 0) visit(at + a, at + b, a, b, count);
      }
  }
}
