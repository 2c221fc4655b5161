import { topIndices } from '../math/top-indices.ts';
import { gumbel } from './gumbel.ts';
import type { Rng } from './rng.ts';

/**
 * k indices drawn one after the other without replacement, each with probability ∝ exp(logit) among those left: the top of a
 * Plackett–Luce ranking, by adding Gumbel noise and sorting (Yellott, 1977; Kool et al., ICML 2019). All indices where there are fewer than k;
 * those of logit −∞ come last, in random order.
 */
export function gumbelTopK(logits: ArrayLike<number>, k: number, rng: Rng): Uint32Array {
  return topIndices(
    Float64Array.from(logits, (logit) => logit + gumbel(rng)),
    k,
    rng,
  );
}
