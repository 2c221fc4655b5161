/** The values of a sample as levels: level 0 is the smallest value, equal values share one. */
export interface Levels {
  readonly of: Uint32Array; //    level of every value
  readonly count: number; //      of distinct values
}

/** @param values without NaN */
export function levelsOf(values: ArrayLike<number>): Levels {
  const order = Uint32Array.from(values, (_, i) => i).sort((i, j) => values[i] - values[j]);
  const of = new Uint32Array(values.length);
  let count = 0;
  order.forEach((i, rank) => {
    if (rank > 0 && values[i] !== values[order[rank - 1]]) count++;
    of[i] = count;
  });
  return { of, count: values.length === 0 ? 0 : count + 1 };
}

/**
 * Ranks from 1, tied values share the mean of theirs.
 * @param counts how often each value was seen (whole numbers); once each when absent. A value seen c times takes c ranks.
 * @param ranks where to write them, for callers that rank many resamples; length of the values
 */
export function midRanks({ of, count }: Levels, counts?: ArrayLike<number>, ranks = new Float64Array(of.length)): Float64Array {
  const seen = new Float64Array(count);
  for (let i = 0; i < of.length; i++) seen[of[i]] += counts ? counts[i] : 1;
  let below = 0;
  for (let level = 0; level < count; level++) {
    const own = seen[level];
    seen[level] = below + (own + 1) / 2;
    below += own;
  }
  for (let i = 0; i < of.length; i++) ranks[i] = seen[of[i]];
  return ranks;
}
