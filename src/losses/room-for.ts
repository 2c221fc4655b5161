/** The array where it has room for n numbers, else a larger one: what a loss keeps from list to list, as every step needs it. */
export const roomFor = (n: number, kept: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> =>
  kept.length < n ? new Float64Array(n) : kept;
