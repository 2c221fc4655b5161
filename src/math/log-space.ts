/** log(1 + exp(x)), without overflow, accurate in both tails. */
export function softplus(x: number): number {
  return Math.max(x, 0) + Math.log1p(Math.exp(-Math.abs(x)));
}

/** 1 / (1 + exp(−x)), to full relative accuracy in both tails. */
export function sigmoid(x: number): number {
  if (x >= 0) return 1 / (1 + Math.exp(-x));
  const e = Math.exp(x);
  return e / (1 + e);
}

/** σ(x) and σ(−x), each to full relative accuracy, by one exponential. */
export function bothWays(x: number): { readonly yes: number; readonly no: number } {
  const e = Math.exp(-Math.abs(x));
  const likely = 1 / (1 + e);
  return x >= 0 ? { yes: likely, no: e * likely } : { yes: e * likely, no: likely };
}

/** log p, of 0 that of the smallest number that there is. */
export function logOf(p: number): number {
  return Math.log(p > 0 ? p : Number.MIN_VALUE);
}

/** log sigmoid(x) = −softplus(−x). */
export function logSigmoid(x: number): number {
  return -softplus(-x);
}
