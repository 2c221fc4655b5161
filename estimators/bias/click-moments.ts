import { type ClickLog, positionsOf } from '../../src/data/click-log.ts';

/** Second moments of clicks, summed over the sessions of lists of one policy and length. */
export interface ClickMoments {
  readonly policy: number; // 0 where the log has none
  readonly length: number;
  readonly sessions: number;
  /** [i · K + j]: sessions that clicked ranks i and j; i = j: that clicked rank i. Symmetric. */
  readonly both: Float64Array;
}

/** By policy and length of lists. One pass over the rows, whatever is then asked of them. */
export function clickMoments(log: ClickLog): ClickMoments[] {
  const K = positionsOf(log);
  const groups = new Map<number, number>();
  const groupOf = log.queries.map((_, l) => {
    const key = (log.policies?.[l] ?? 0) * (K + 1) + log.offsets[l + 1] - log.offsets[l];
    if (!groups.has(key)) groups.set(key, groups.size);
    return groups.get(key) as number;
  });
  const sessions = new Float64Array(groups.size);
  const sums = new Float64Array(groups.size * K * K);
  const clicked = new Int32Array(K);
  const { list, clickOffsets, clicks } = log;
  for (let r = 0; r < list.length; r++) {
    const group = groupOf[list[r]];
    const count = log.count[r];
    sessions[group] += count;
    const start = clickOffsets[r];
    const end = clickOffsets[r + 1];
    let n = 0;
    for (let i = start; i < end; i++) if (clicks[i] === 1) clicked[n++] = i - start;
    for (let a = 0; a < n; a++) for (let b = 0; b < n; b++) sums[(group * K + clicked[a]) * K + clicked[b]] += count;
  }
  return Array.from(groups, ([key, group]) => ({
    policy: Math.floor(key / (K + 1)),
    length: key % (K + 1),
    sessions: sessions[group],
    both: sums.subarray(group * K * K, (group + 1) * K * K),
  }));
}

/** Σ over the sessions of (Σ_i weights_i · click_i + constant)². */
export function squaredSum({ length, sessions, both }: ClickMoments, weights: Float64Array, constant = 0): number {
  const K = Math.sqrt(both.length);
  let sum = sessions * constant ** 2;
  for (let i = 0; i < length; i++) {
    sum += 2 * constant * weights[i] * both[i * K + i];
    for (let j = 0; j < length; j++) sum += weights[i] * weights[j] * both[i * K + j];
  }
  return sum;
}
