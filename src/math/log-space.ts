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

/** log sigmoid(x) = −softplus(−x). */
export function logSigmoid(x: number): number {
  return -softplus(-x);
}
