/** The labels, or gains, above 0 at places start … end − 1, highest first: the best ranking, as far as gains tell. */
export function idealOrder<Values extends Float32Array | Float64Array>(labels: Values, start: number, end: number): Values {
  return labels
    .subarray(start, end)
    .filter((label) => label > 0)
    .sort()
    .reverse() as Values;
}
