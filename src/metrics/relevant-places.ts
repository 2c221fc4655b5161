import { countRelevant } from './count-relevant.ts';
import { sharedWork } from './kept-work.ts';

/** Where labels[start … end − 1] are at least the threshold. */
export const relevantPlaces = (labels: Float32Array, start: number, end: number, threshold: number): Uint32Array =>
  sharedWork(labels, `${start} ${threshold}`, () => {
    const places = new Uint32Array(countRelevant(labels, start, end, threshold));
    for (let i = start, next = 0; i < end; i++) if (labels[i] >= threshold) places[next++] = i;
    return places;
  });
