import { type ClickLog, positionsOf } from '../../src/data/click-log.ts';

/** Second moments of clicks, summed over the sessions of lists of one policy and length. */
export interface ClickMoments {
  readonly policy: number; // 0 where the log has none
  readonly length: number;
  readonly sessions: number;
  /** [i · K + j]: sessions that clicked ranks i and j; i = j: that clicked rank i. Symmetric. */
  readonly both: Float64Array;
}

/** Lists up to this length have few enough patterns of clicks to count sessions by them. */
const mostPatternRanks = 12;

/** By policy and length of lists. One pass over the rows, whatever is then asked of them; without a branch on a click, which no processor foretells. */
export function clickMoments(log: ClickLog): ClickMoments[] {
  const K = positionsOf(log);
  const groups = new Map<number, number>();
  const groupOf = log.queries.map((_, l) => {
    const key = (log.policies?.[l] ?? 0) * (K + 1) + log.offsets[l + 1] - log.offsets[l];
    if (!groups.has(key)) groups.set(key, groups.size);
    return groups.get(key) as number;
  });
  const sums = new Float64Array(groups.size * K * K);
  const clicked = new Int32Array(K + 1); // the ranks of clicks, and room for one that is none
  const add = (group: number, n: number, sessions: number) => {
    for (let a = 0; a < n; a++) {
      const row = (group * K + clicked[a]) * K;
      for (let b = 0; b <= a; b++) sums[row + clicked[b]] += sessions;
    }
  };
  const { list, clickOffsets, clicks, count } = log;
  const sessions = new Float64Array(groups.size);
  const patterns = 2 ** K;
  const ofPattern = new Float64Array(K <= mostPatternRanks ? groups.size * patterns : 0); // sessions
  for (let r = 0; r < list.length; r++) {
    const group = groupOf[list[r]];
    sessions[group] += count[r];
    const start = clickOffsets[r];
    const end = clickOffsets[r + 1];
    if (K <= mostPatternRanks) {
      let pattern = 0;
      for (let i = start; i < end; i++) pattern |= clicks[i] << (i - start);
      ofPattern[group * patterns + pattern] += count[r];
      continue;
    }
    let n = 0;
    for (let i = start; i < end; i++) {
      clicked[n] = i - start;
      n += clicks[i];
    }
    add(group, n, count[r]);
  }
  for (let p = 0; p < ofPattern.length; p++) {
    if (ofPattern[p] === 0) continue;
    let n = 0;
    for (let k = 0; k < K; k++) if ((p >> k) & 1) clicked[n++] = k; // groups start at multiples of 2^K
    add(Math.floor(p / patterns), n, ofPattern[p]);
  }
  for (let g = 0; g < groups.size; g++)
    for (let i = 0; i < K; i++) for (let j = 0; j < i; j++) sums[(g * K + j) * K + i] = sums[(g * K + i) * K + j];
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
