import { type InteractionLog, rowUsers } from '../../src/data/interactions/interaction-log.ts';
import { UsageError } from '../../src/errors.ts';
import { adam } from '../../src/learners/adam.ts';
import { holdOutPairs } from '../../src/learners/held-out-pairs.ts';
import { sampledPairs } from '../../src/learners/pair-sampler.ts';
import { sigmoid } from '../../src/losses/pair-loss.ts';
import type { Rng } from '../../src/random/rng.ts';
import { type Decoded, modelWidth, optional, positive, repetitions, strictObject } from '../../src/schema.ts';
import type { RecommendationWorld } from './recommendation-world.ts';

/** How relevance and exposure are fitted to ratings. Saito et al., WSDM 2020. */
export const semiSyntheticOptions = strictObject({
  power: optional(positive(), 1), // p
  dimension: optional(modelWidth(), 20),
  ratingSteps: optional(repetitions(), 300),
  ratingBatch: optional(repetitions(), 256),
  exposureSteps: optional(repetitions(), 1000),
  exposureBatch: optional(repetitions(2), 4096),
  learningRate: optional(positive(), 0.01),
});
/** Decoded {@link semiSyntheticOptions}. */
export type SemiSyntheticOptions = Decoded<typeof semiSyntheticOptions>;

/**
 * The semi-synthetic protocol of Saito et al., WSDM 2020, on ratings 1 to 5: R̂ from matrix factorisation by squared error, clipped to [1, 5],
 * γ = σ(R̂ − 5); exposure σ(p_u · q_i)^p from logistic matrix factorisation of "was rated" over all pairs. No biases; Adam over all parameters
 * at every step, uniform initial values of Glorot & Bengio (AISTATS 2010), as in the authors' code. Its 300 small batches are far from
 * convergence: R̂ of users and items with few ratings stays low, so relevance and exposure go together.
 * @throws UsageError for a log without ratings
 */
export function semiSyntheticWorld(log: InteractionLog, options: SemiSyntheticOptions, rng: Rng): RecommendationWorld {
  const { ratings, userIds, itemIds } = log;
  if (ratings === null) throw new UsageError('the semi-synthetic protocol needs ratings');
  const rating = new DenseFactors(log, options, rng.fork('ratings'));
  fitRatings(rating, log, ratings, options, rng.fork('rating-batches'));
  const exposed = new DenseFactors(log, options, rng.fork('exposure'));
  fitExposure(exposed, log, options, rng.fork('exposure-batches'));
  return {
    userIds,
    itemIds,
    relevance: allScores(rating).map((score) => sigmoid(Math.min(5, Math.max(1, score)) - 5)),
    exposure: allScores(exposed).map((score) => Math.max(sigmoid(score) ** options.power, 1e-30)),
    userFeatures: null,
    itemFeatures: null,
  };
}

/** p_u · q_i with Adam over all parameters. */
class DenseFactors {
  readonly dimension: number;
  readonly #sides: readonly { values: Float32Array; gradient: Float32Array; optimiser: ReturnType<typeof adam.create> }[];

  constructor({ userIds, itemIds }: InteractionLog, { dimension, learningRate }: SemiSyntheticOptions, rng: Rng) {
    this.dimension = dimension;
    this.#sides = [userIds.length, itemIds.length].map((rows) => {
      const bound = Math.sqrt(6 / (rows + dimension));
      const values = Float32Array.from({ length: rows * dimension }, () => bound * (2 * rng.double() - 1));
      const optimiser = adam.create({ learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 }, values.length);
      return { values, gradient: new Float32Array(values.length), optimiser };
    });
  }

  score(user: number, item: number): number {
    const [{ values: P }, { values: Q }] = this.#sides;
    let sum = 0;
    for (let f = 0; f < this.dimension; f++) sum += P[user * this.dimension + f] * Q[item * this.dimension + f];
    return sum;
  }

  /** Adds derivative · ∂score to the gradient of the next step. */
  accumulate(user: number, item: number, derivative: number): void {
    const [{ values: P, gradient: toP }, { values: Q, gradient: toQ }] = this.#sides;
    const [p, q] = [user * this.dimension, item * this.dimension];
    for (let f = 0; f < this.dimension; f++) {
      toP[p + f] += derivative * Q[q + f];
      toQ[q + f] += derivative * P[p + f];
    }
  }

  step(): void {
    for (const { values, gradient, optimiser } of this.#sides) {
      optimiser.step(values, gradient);
      gradient.fill(0);
    }
  }

  get users(): number {
    return this.#sides[0].values.length / this.dimension;
  }

  get items(): number {
    return this.#sides[1].values.length / this.dimension;
  }
}

function fitRatings(model: DenseFactors, log: InteractionLog, ratings: Float32Array, options: SemiSyntheticOptions, rng: Rng): void {
  const { ratingSteps, ratingBatch: size } = options;
  const users = rowUsers(log);
  for (let step = 0; step < ratingSteps; step++) {
    for (let b = 0; b < size; b++) {
      const row = Math.floor(rng.next() * ratings.length);
      const error = model.score(users[row], log.items[row]) - ratings[row];
      model.accumulate(users[row], log.items[row], (2 * error) / size);
    }
    model.step();
  }
}

function fitExposure(model: DenseFactors, log: InteractionLog, options: SemiSyntheticOptions, rng: Rng): void {
  const { exposureSteps, exposureBatch: batch } = options;
  const rated = { ...log, clicks: new Uint8Array(log.items.length).fill(1) };
  const samples = sampledPairs(rated, { batch, clickedShare: 0.5, reweighted: true }, holdOutPairs(0, rng), rng);
  for (let step = 0; step < exposureSteps; step++) {
    const { users, items, clicked, weights } = samples.next().value;
    for (let b = 0; b < batch; b++)
      model.accumulate(users[b], items[b], weights[b] * (sigmoid(model.score(users[b], items[b])) - clicked[b]));
    model.step();
  }
}

/** The scores of all pairs, length U · I. */
function allScores(model: DenseFactors): Float32Array {
  return Float32Array.from({ length: model.users * model.items }, (_, at) => model.score(Math.floor(at / model.items), at % model.items));
}
