type Numbers = Uint32Array | Float32Array | Float64Array;

/** to[i] = from[rows[i]] for every i. @returns to */
export function gather<T extends Numbers>(to: T, from: ArrayLike<number>, rows: Uint32Array): T {
  for (let i = 0; i < rows.length; i++) to[i] = from[rows[i]];
  return to;
}
