import { array, check, type Decoded, integer, literal, nullable, optional, pipe, positive, real, strictObject, union } from '../schema.ts';

const penalties = pipe(
  array(real(0)),
  check((list) => list.length > 0, 'must name at least one penalty'),
);

/** How a ranker is trained; the estimator decides what its loss is made of. Losses and optimisers are chosen by name beside these. */
export const trainingOptions = strictObject({
  steps: optional(integer(1), 1000),
  batchLists: optional(union([literal('all'), integer(1)]), 'all'),
  maximumGradientNorm: optional(nullable(positive()), null),
  l2: optional(union([literal('auto'), real(0), penalties]), 'auto'), // λ of λ/2 · ‖parameters‖²; of several that of the lowest held-out loss; auto: see `l2Candidates`
  evaluateEvery: optional(integer(1), 5), // steps; coarser ones can miss the best point of few, wide queries
  patience: optional(nullable(integer(1)), 40), // evaluations without a better held-out loss; null: train all steps, keep the last
  tolerance: optional(real(0), 1e-8), // converged when the held-out loss moves relatively less than this between evaluations
});

export type TrainingOptions = Decoded<typeof trainingOptions>;
