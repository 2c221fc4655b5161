type Numbers = Uint32Array | Float32Array | Float64Array;

/** to[i] = from[rows[i]] for every i. @returns to */
export function gather<T extends Numbers>(to: T, from: ArrayLike<number>, rows: Uint32Array): T {
  for (let i = 0; i < rows.length; i++) to[i] = from[rows[i]];
  return to;
}

/** Whether the rows are 0, 1, 2 …: those of most files, where gathering would be copying. */
export const isInOrder = (rows: Uint32Array): boolean => rows.every((row, i) => row === i);
