import { roomFor } from './room-for.ts';

/**
 * Ranks, from 1, of places start … end − 1 by score. Ties count as misordered, the lower weight first: so untrained scores learn, and not from the order in
 * which documents lie. Cost: K². @param room to write to, if there is enough @returns where they are written, that of `start` first
 */
export function rankList(
  scores: Float32Array,
  weights: Float64Array,
  start: number,
  end: number,
  room: Float64Array<ArrayBuffer>,
): Float64Array<ArrayBuffer> {
  const ranks = roomFor(end - start, room);
  for (let i = start; i < end; i++) {
    let rank = 1;
    for (let j = start; j < end; j++) {
      if (scores[j] < scores[i]) continue;
      if (scores[j] > scores[i] || weights[j] < weights[i] || (weights[j] === weights[i] && j < i)) rank++;
    }
    ranks[i - start] = rank;
  }
  return ranks;
}

/** What a gain counts in DCG at a rank, from 1. */
export const discount = (rank: number) => 1 / Math.log2(1 + rank);
