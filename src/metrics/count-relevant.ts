/** How many of labels[start … end − 1] are at least the threshold. */
export function countRelevant(labels: Float32Array, start: number, end: number, threshold: number): number {
  let relevant = 0;
  for (let i = start; i < end; i++) if (labels[i] >= threshold) relevant++;
  return relevant;
}
