import { digamma } from '../../src/math/digamma.ts';

/** What is believed of an event before it is seen: as if of `strength` draws the share `mean` had happened. Strength 0: nothing. */
export interface BetaPrior {
  readonly mean: number;
  readonly strength: number;
}

/** Events that a prior is learnt from: more make it no better, and the fit slower. */
const enough = 5000;
const [weakest, strongest] = [1e-3, 1e6];

/**
 * One step towards the prior under which the draws of all events together are likeliest, each event's probability drawn from Beta(strength · mean, strength · (1 − mean)):
 * a ← a Σ(ψ(h + a) − ψ(a))/Σ(ψ(h + n + a + b) − ψ(a + b)), b likewise. Minka, Estimating a Dirichlet distribution, 2000, eq. 55. Events without draws say nothing; of very many
 * a share spread over all is looked at.
 * @param counts how often event i happened and not, at 2i and 2i + 1; may be expected numbers
 */
export function learnPrior(counts: Float64Array, { mean, strength }: BetaPrior, steps = 20): BetaPrior {
  let [a, b] = [mean * strength, (1 - mean) * strength];
  const stride = 2 * Math.max(1, Math.floor(counts.length / 2 / enough));
  for (let step = 0; step < steps; step++) {
    let [happened, not, all] = [0, 0, 0];
    const [ofA, ofB, ofBoth] = [digamma(a), digamma(b), digamma(a + b)];
    for (let i = 0; i < counts.length; i += stride) {
      const [h, n] = [counts[i], counts[i + 1]];
      if (h + n === 0) continue;
      happened += digamma(h + a) - ofA;
      not += digamma(n + b) - ofB;
      all += digamma(h + n + a + b) - ofBoth;
    }
    if (!(all > 0)) break;
    a = Math.min(strongest, Math.max(weakest, (a * happened) / all));
    b = Math.min(strongest, Math.max(weakest, (b * not) / all));
  }
  return { mean: a / (a + b), strength: a + b };
}
