import type { Rng } from './rng.ts';

/** Standard Gumbel draw −log(−log u): mean 0.5772…, variance π²/6. */
export function gumbel(rng: Rng): number {
  return -Math.log(-Math.log1p(-rng.double()));
}
