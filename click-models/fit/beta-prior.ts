import { digamma } from '../../src/math/digamma.ts';

/** What is believed of an event before it is seen: as if of `strength` draws the share `mean` had happened. Strength 0: nothing. */
export interface BetaPrior {
  readonly mean: number;
  readonly strength: number;
}

/** Events that a prior is learnt from: more make it no better, and the fit slower. */
const enough = 5000;
const goldenRatio = (Math.sqrt(5) - 1) / 2;
const [weakest, strongest] = [1e-3, 1e6];
const span = Math.log(strongest / weakest);

/** A prior as two numbers in [0, 1], mean and the logarithm of its strength, that can be extrapolated. */
export const placeOfPrior = ({ mean, strength }: BetaPrior): Float64Array =>
  Float64Array.of(mean, Math.log(strength / (2 * weakest)) / span);
/** The contrary of {@link placeOfPrior}. */
export const priorAt = ([mean, place]: Float64Array): BetaPrior => ({ mean, strength: 2 * weakest * Math.exp(place * span) });

/**
 * One step towards the prior under which the draws of all events together are likeliest, each event's probability drawn from Beta(strength · mean, strength · (1 − mean)):
 * a ← a Σ(ψ(h + a) − ψ(a))/Σ(ψ(h + n + a + b) − ψ(a + b)), b likewise. Minka, Estimating a Dirichlet distribution, 2000, eq. 55. Events without draws say nothing; of very many
 * some are looked at, spread by the golden ratio over all, which has no period that numbers of documents could share: as logs are read it tells ranks.
 * @param counts how often event i happened and not, at 2i and 2i + 1; may be expected numbers
 */
export function learnPrior(counts: Float64Array, { mean, strength }: BetaPrior, steps = 20): BetaPrior {
  let [a, b] = [mean * strength, (1 - mean) * strength];
  const events = counts.length / 2;
  const all = events <= 2 * enough;
  const looked = all ? events : enough;
  for (let step = 0; step < steps; step++) {
    let [happened, not, both] = [0, 0, 0];
    const [ofA, ofB, ofBoth] = [digamma(a), digamma(b), digamma(a + b)];
    for (let j = 0; j < looked; j++) {
      const i = all ? j : Math.floor(((j * goldenRatio) % 1) * events);
      const [h, n] = [counts[2 * i], counts[2 * i + 1]];
      if (h + n === 0) continue;
      happened += digamma(h + a) - ofA;
      not += digamma(n + b) - ofB;
      both += digamma(h + n + a + b) - ofBoth;
    }
    if (!(both > 0)) break;
    a = Math.min(strongest, Math.max(weakest, (a * happened) / both));
    b = Math.min(strongest, Math.max(weakest, (b * not) / both));
  }
  return { mean: a / (a + b), strength: a + b };
}
