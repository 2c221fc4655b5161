/** to[i] = from[rows[i]] for every i. @returns to */
export function gather<T extends Uint32Array | Float32Array | Float64Array>(to: T, from: ArrayLike<number>, rows: Uint32Array): T {
  for (let i = 0; i < rows.length; i++) to[i] = from[rows[i]];
  return to;
}
