type Numbers = Float64Array | Uint32Array;

/** Where a number stands the second time in values[start … end − 1]; −1 where each is there once. */
export function repeatIn(values: Numbers, start: number, end: number): number {
  if (end - start > 32) return repeatInLong(values, start, end);
  for (let i = start + 1; i < end; i++) for (let j = start; j < i; j++) if (values[i] === values[j]) return i;
  return -1;
}

function repeatInLong(values: Numbers, start: number, end: number): number {
  const seen = new Set<number>();
  for (let i = start; i < end; i++) if (seen.size === seen.add(values[i]).size) return i;
  return -1;
}
