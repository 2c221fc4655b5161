import { digamma, digammaSum } from '../../src/math/digamma.ts';

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
  const { happened, not, both } = drawsLookedAt(counts);
  for (let step = 0; step < steps; step++) {
    const ofBoth = surplus(both, a + b);
    if (!(ofBoth > 0)) break;
    const [ofA, ofB] = [surplus(happened, a), surplus(not, b)];
    a = Math.min(strongest, Math.max(weakest, (a * ofA) / ofBoth));
    b = Math.min(strongest, Math.max(weakest, (b * ofB) / ofBoth));
  }
  return { mean: a / (a + b), strength: a + b };
}

/** Σ ψ(nᵢ + a) − ψ(a). */
const surplus = (draws: Float64Array, a: number): number => digammaSum(draws, a) - draws.length * digamma(a);

/** How often the events that are looked at happened, how often not, and both together; those above 0. */
function drawsLookedAt(counts: Float64Array) {
  const events = counts.length / 2;
  const all = events <= 2 * enough;
  const looked = all ? events : enough;
  const [happened, not, both] = [0, 1, 2].map(() => new Float64Array(looked));
  let [h, n, sums] = [0, 0, 0];
  for (let j = 0; j < looked; j++) {
    const i = all ? j : Math.floor(((j * goldenRatio) % 1) * events);
    const [yes, no] = [counts[2 * i], counts[2 * i + 1]];
    if (yes > 0) happened[h++] = yes;
    if (no > 0) not[n++] = no;
    if (yes + no > 0) both[sums++] = yes + no;
  }
  return { happened: happened.subarray(0, h), not: not.subarray(0, n), both: both.subarray(0, sums) };
}

/**
 * Σ mμ ln p + m(1 − μ) ln(1 − p) over values that are drawn, strictly between 0 and 1: the log of their prior density, but for a constant. One logarithm for many: that of their product.
 * @param counts of draws, as of {@link learnPrior}: values without one are left out; null: none is
 */
export function logDensity({ mean, strength }: BetaPrior, values: Float64Array, counts: Float64Array | null): number {
  if (strength === 0) return 0;
  let [sumOfYes, sumOfNo, yes, no] = [0, 0, 1, 1];
  for (let i = 0; i < values.length; i++) {
    const p = values[i];
    if (!(p > 0 && p < 1) || (counts !== null && counts[2 * i] + counts[2 * i + 1] === 0)) continue;
    yes *= p;
    no *= 1 - p;
    if (yes > 1e-150 && no > 1e-150) continue;
    sumOfYes += Math.log(yes);
    sumOfNo += Math.log(no);
    [yes, no] = [1, 1];
  }
  return strength * (mean * (sumOfYes + Math.log(yes)) + (1 - mean) * (sumOfNo + Math.log(no)));
}
