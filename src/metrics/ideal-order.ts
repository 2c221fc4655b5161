import { sharedWork } from './kept-work.ts';

/** The labels, or gains, above 0 at places start … end − 1, highest first: the best ranking, as far as gains tell. The caller leaves it as it is. */
export const idealOrder = (labels: Float32Array | Float64Array, start: number, end: number): Float64Array =>
  sharedWork(labels, start, () => sortedPositive(labels, start, end));

function sortedPositive(labels: Float32Array | Float64Array, start: number, end: number): Float64Array {
  let positive = 0;
  for (let i = start; i < end; i++) if (labels[i] > 0) positive++;
  const ideal = new Float64Array(positive);
  for (let i = start, next = 0; i < end; i++) if (labels[i] > 0) ideal[next++] = labels[i];
  return ideal.sort().reverse();
}
