import { type InteractionLog, rowUsers } from '../../src/data/interactions/interaction-log.ts';
import { UsageError } from '../../src/errors.ts';
import { holdOutPairs } from '../../src/learners/held-out-pairs.ts';
import { sampledPairs } from '../../src/learners/pair-sampler.ts';
import { sigmoid } from '../../src/losses/pair-loss.ts';
import { matrixFactorisation } from '../../src/models/matrix-factorisation.ts';
import type { PairModel } from '../../src/models/pair-model.ts';
import type { Rng } from '../../src/random/rng.ts';
import { type Decoded, integer, optional, positive, strictObject } from '../../src/schema.ts';
import type { RecommendationWorld } from './recommendation-world.ts';

export const semiSyntheticOptions = strictObject({
  power: optional(positive(), 1), // p
  dimension: optional(integer(1), 20),
  ratingSteps: optional(integer(1), 300),
  ratingBatch: optional(integer(1), 256),
  exposureSteps: optional(integer(1), 1000),
  exposureBatch: optional(integer(2), 4096),
  learningRate: optional(positive(), 0.01),
});
export type SemiSyntheticOptions = Decoded<typeof semiSyntheticOptions>;

/**
 * The semi-synthetic protocol of Saito et al., WSDM 2020, on ratings 1 to 5: R̂ from matrix factorisation by squared error, clipped to [1, 5],
 * γ = σ(R̂ − 5); exposure σ(p_u · q_i)^p from logistic matrix factorisation of "was rated" over all pairs. No biases; Adam.
 * @throws UsageError for a log without ratings
 */
export function semiSyntheticWorld(log: InteractionLog, options: SemiSyntheticOptions, rng: Rng): RecommendationWorld {
  const { ratings, userIds, itemIds } = log;
  if (ratings === null) throw new UsageError('the semi-synthetic protocol needs ratings');
  const [U, I] = [userIds.length, itemIds.length];
  const model = (label: string) =>
    matrixFactorisation(
      { dimension: options.dimension, biases: false, initialScale: 0.3, initialBias: 0 },
      {
        users: U,
        items: I,
        optimiser: { name: 'adam', learningRate: options.learningRate, beta1: 0.9, beta2: 0.999, epsilon: 1e-8 },
        l2: 0,
      },
      rng.fork(label),
    );
  const rating = fitRatings(model('ratings'), log, ratings, options, rng.fork('rating-batches'));
  const exposed = fitExposure(model('exposure'), log, options, rng.fork('exposure-batches'));
  return {
    userIds,
    itemIds,
    relevance: allScores(rating, U, I).map((score) => sigmoid(Math.min(5, Math.max(1, score)) - 5)),
    exposure: allScores(exposed, U, I).map((score) => Math.max(sigmoid(score) ** options.power, 1e-30)),
    userFeatures: null,
    itemFeatures: null,
  };
}

function fitRatings(model: PairModel, log: InteractionLog, ratings: Float32Array, options: SemiSyntheticOptions, rng: Rng): PairModel {
  const { ratingSteps, ratingBatch: size } = options;
  const rowUser = rowUsers(log);
  const [users, items, target] = [new Uint32Array(size), new Uint32Array(size), new Float32Array(size)];
  const [scores, derivative] = [new Float32Array(size), new Float32Array(size)];
  for (let step = 0; step < ratingSteps; step++) {
    for (let b = 0; b < size; b++) {
      const row = Math.floor(rng.next() * ratings.length);
      users[b] = rowUser[row];
      items[b] = log.items[row];
      target[b] = ratings[row];
    }
    model.score(users, items, size, scores);
    for (let b = 0; b < size; b++) derivative[b] = (2 * (scores[b] - target[b])) / size;
    model.step(users, items, size, derivative);
  }
  return model;
}

function fitExposure(model: PairModel, log: InteractionLog, options: SemiSyntheticOptions, rng: Rng): PairModel {
  const { exposureSteps, exposureBatch: batch } = options;
  const rated = { ...log, clicks: new Uint8Array(log.items.length).fill(1) };
  const samples = sampledPairs(rated, { batch, clickedShare: 0.5, reweighted: true }, holdOutPairs(0, rng), rng);
  const [scores, derivative] = [new Float32Array(batch), new Float32Array(batch)];
  for (let step = 0; step < exposureSteps; step++) {
    const { users, items, clicked, weights } = samples.next().value;
    model.score(users, items, batch, scores);
    for (let b = 0; b < batch; b++) derivative[b] = weights[b] * (sigmoid(scores[b]) - clicked[b]);
    model.step(users, items, batch, derivative);
  }
  return model;
}

/** The scores of all pairs, length U · I. */
function allScores(model: PairModel, U: number, I: number): Float32Array {
  const [users, items] = [new Uint32Array(I), Uint32Array.from({ length: I }, (_, i) => i)];
  const scores = new Float32Array(U * I);
  for (let u = 0; u < U; u++) model.score(users.fill(u), items, I, scores.subarray(u * I, (u + 1) * I));
  return scores;
}
