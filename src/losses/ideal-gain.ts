/** DCG of places start … end − 1 in the order of the weights themselves, Σ w / log2(1 + rank). Cost: K². */
export function idealGain(weights: Float64Array, start: number, end: number): number {
  let ideal = 0;
  for (let i = start; i < end; i++) {
    if (weights[i] === 0) continue;
    let rank = 1;
    for (let j = start; j < end; j++) if (weights[j] > weights[i] || (weights[j] === weights[i] && j < i)) rank++;
    ideal += weights[i] / Math.log2(1 + rank);
  }
  return ideal;
}

/** What weights of a list count in its normalised DCG, times its sessions; 0 where none is above 0. */
export function gainScale(weights: Float64Array, start: number, end: number, sessions: number): number {
  const ideal = idealGain(weights, start, end);
  return ideal > 0 ? sessions / ideal : 0;
}
