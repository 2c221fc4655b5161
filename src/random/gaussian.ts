import type { Rng } from './rng.ts';

/** Standard normal draw. Box and Muller, Annals of Mathematical Statistics 29, 1958. */
export function gaussian(rng: Rng): number {
  return Math.sqrt(-2 * Math.log1p(-rng.double())) * Math.cos(2 * Math.PI * rng.double());
}
