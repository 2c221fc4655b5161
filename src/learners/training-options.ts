import { type Decoded, integer, literal, nullable, optional, positive, real, strictObject, union } from '../schema.ts';

/** How a ranker is trained; the estimator decides what its loss is made of. Losses and optimisers are chosen by name beside these. */
export const trainingOptions = strictObject({
  steps: optional(integer(1), 1000),
  batchLists: optional(union([literal('all'), integer(1)]), 'all'),
  maximumGradientNorm: optional(nullable(positive()), null),
  l2: optional(real(0), 0),
  evaluateEvery: optional(integer(1), 5), // steps; coarser ones can miss the best point of few, wide queries
  patience: optional(nullable(integer(1)), 40), // evaluations without a better held-out loss; null: train all steps, keep the last
  tolerance: optional(real(0), 1e-8), // converged when the held-out loss moves relatively less than this between evaluations
});

export type TrainingOptions = Decoded<typeof trainingOptions>;
