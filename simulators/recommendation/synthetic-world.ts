import type { PairFeatures } from '../../src/data/interactions/interaction-log.ts';
import { sigmoid } from '../../src/losses/pair-loss.ts';
import { gaussian } from '../../src/random/gaussian.ts';
import type { Rng } from '../../src/random/rng.ts';
import { type Decoded, integer, modelWidth, optional, positive, real, strictObject } from '../../src/schema.ts';
import { numberedIds, type RecommendationWorld } from './recommendation-world.ts';

/** Sizes, relevance and exposure of the world `synthetic`. */
export const syntheticWorldOptions = strictObject({
  users: optional(integer(1), 400),
  items: optional(integer(2), 300),
  rank: optional(modelWidth(), 5), //            of the taste that users and items have in common
  meanRelevance: optional(real(-20, 20), -2), // on the logit scale
  taste: optional(real(0), 1), //              standard deviation of the low-rank part of relevance, on the logit scale
  quality: optional(real(0), 1), //            of what all users like in an item
  meanExposure: optional(real(-20, 20), -2), // on the logit scale, before the power
  popularity: optional(real(0), 1), //         standard deviation of the popularity that drives exposure
  activity: optional(real(0), 0.5), //         of how much users look at
  correlation: optional(real(-1, 1), 0.5), //  between an item's popularity and its quality
  power: optional(positive(), 1), //           p of θ = σ(…)^p: above 1 rarer and more uneven exposure
  featureNoise: optional(real(0), 0.5), //     standard deviation added to the factors that are given away as features
});
/** Decoded {@link syntheticWorldOptions}. */
export type SyntheticWorldOptions = Decoded<typeof syntheticWorldOptions>;

/**
 * γ_ui = σ(m + τ p_u · q_i/√rank + κ z_i), θ_ui = σ(e + π w_i + α v_u)^power, w_i = ρ z_i + √(1 − ρ²) ε_i: low-rank relevance, exposure
 * driven by popularity, and popularity correlated by ρ with quality z. All factors are standard normal draws.
 */
export function syntheticWorld(options: SyntheticWorldOptions, rng: Rng): RecommendationWorld {
  const { users: U, items: I, rank, correlation, power } = options;
  const normals = (count: number, label: string) => {
    const stream = rng.fork(label);
    return Float64Array.from({ length: count }, () => gaussian(stream));
  };
  const [P, Q] = [normals(U * rank, 'user taste'), normals(I * rank, 'item taste')];
  const [quality, own, activity] = [normals(I, 'quality'), normals(I, 'popularity'), normals(U, 'activity')];
  const relevance = new Float32Array(U * I);
  const exposure = new Float32Array(U * I);
  for (let u = 0; u < U; u++)
    for (let i = 0; i < I; i++) {
      let taste = 0;
      for (let f = 0; f < rank; f++) taste += P[u * rank + f] * Q[i * rank + f];
      relevance[u * I + i] = sigmoid(options.meanRelevance + (options.taste * taste) / Math.sqrt(rank) + options.quality * quality[i]);
      const popularity = correlation * quality[i] + Math.sqrt(1 - correlation ** 2) * own[i];
      exposure[u * I + i] = sigmoid(options.meanExposure + options.popularity * popularity + options.activity * activity[u]) ** power;
    }
  const noise = rng.fork('features');
  return {
    userIds: numberedIds(U),
    itemIds: numberedIds(I),
    relevance,
    exposure,
    userFeatures: noisyFeatures([P], rank, U, options.featureNoise, noise),
    itemFeatures: noisyFeatures([Q, quality], rank, I, options.featureNoise, noise),
  };
}

/** The factors of each row side by side, the first of `rank` columns, the others of one, with noise. */
function noisyFeatures(factors: readonly Float64Array[], rank: number, rows: number, noise: number, rng: Rng): PairFeatures {
  const width = rank + factors.length - 1;
  const values = new Float32Array(rows * width);
  for (let row = 0; row < rows; row++)
    for (let f = 0; f < width; f++) {
      const value = f < rank ? factors[0][row * rank + f] : factors[f - rank + 1][row];
      values[row * width + f] = value + noise * gaussian(rng);
    }
  return { values, width };
}
