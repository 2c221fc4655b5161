import { type Decoded, optional, probability, strictObject } from '../../../src/schema.ts';
import { type Coefficients, learnPointwise } from '../learn-pointwise.ts';
import type { LearnRecommender, OfPair } from '../recommender.ts';

/**
 * (1/|D|) Σ_D [(Y/θ) δ1 + (1 − Y/θ) δ0], θ raised to at least `clip`. Rel-MF: Saito et al., WSDM 2020.
 * - Without a clip E[Y/θ] = γ, so the expectation is the ideal loss; its variance is (1/|D|²) Σ γ (1/θ − γ)(δ1 − δ0)².
 * - With one the bias is (1/|D|) Σ_{θ < clip} γ (θ/clip − 1)(δ1 − δ0).
 *
 * The weight of δ0 of a clicked pair is negative where θ < 1: with the log loss nothing bounds the objective from below on a click.
 */
export function ipsCoefficients(exposure: OfPair, clip: number): Coefficients {
  const unclicked = [0, 1] as const;
  const clicked = [0, 0] as [number, number]; // reused: read before the next call
  return (user, item, y) => {
    if (y === 0) return unclicked;
    clicked[0] = 1 / Math.max(exposure(user, item), clip);
    clicked[1] = 1 - clicked[0];
    return clicked;
  };
}

const options = strictObject({
  /** Lowest exposure that the early-stopping criterion divides by; 0: the unbiased loss itself. */
  heldOutClip: optional(probability(), 0.01),
});

/**
 * The loss that is trained on is unbiased. When to stop is decided by the clipped one: a single held-out click of tiny exposure would
 * otherwise outweigh all others, and often stop training before its first step.
 */
export const ipsImplicit = {
  description: 'unbiased: clicks weighted by 1/exposure, what they exceed 1 by taken from the irrelevant side (Rel-MF, Saito et al. 2020)',
  options,
  create:
    ({ heldOutClip }: Decoded<typeof options>): LearnRecommender =>
    (input) =>
      learnPointwise(input, ipsCoefficients(input.exposure.pair, 0), {
        onHeldOut: ipsCoefficients(input.exposure.pair, heldOutClip),
        weighsByExposure: true,
      }),
};
