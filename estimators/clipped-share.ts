import { type ClickLog, clickSums } from '../src/data/click-log.ts';

/** Σ clicks on shown documents of which `isClipped` says that their weight was cut, over all clicks, in [0, 1]; 0 for a log without clicks. */
export function clippedShare(log: ClickLog, isClipped: (shown: number, position: number) => boolean): number {
  const { clicks } = clickSums(log);
  let clipped = 0;
  let all = 0;
  for (let l = 0; l < log.queries.length; l++)
    for (let i = log.offsets[l]; i < log.offsets[l + 1]; i++) {
      all += clicks[i];
      if (clicks[i] > 0 && isClipped(i, i - log.offsets[l])) clipped += clicks[i];
    }
  return all > 0 ? clipped / all : 0;
}
