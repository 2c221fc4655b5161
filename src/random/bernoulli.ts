import type { Rng } from './rng.ts';

const step = 2 ** -32;

/** True with probability p, in [0, 1]. One draw of 32 bits nearly always; where those do not decide, 32 more: P(true) is p to within 2⁻⁶⁴. */
export function bernoulli(p: number, rng: Rng): boolean {
  const u = rng.next(); // the true uniform lies in [u, u + step)
  if (u >= p) return false;
  return u + step <= p || u + step * rng.next() < p;
}
