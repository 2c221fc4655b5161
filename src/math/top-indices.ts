/** Indices of the k largest values, largest first, equal values in their order; all of them where there are fewer than k. No NaN. */
export function topIndices(values: ArrayLike<number>, k: number): Uint32Array {
  const order = Uint32Array.from(values, (_, i) => i);
  order.sort((i, j) => (values[i] === values[j] ? i - j : values[j] > values[i] ? 1 : -1));
  return order.slice(0, k);
}
