import {
  array,
  check,
  type Decoded,
  integer,
  literal,
  nullable,
  optional,
  pipe,
  positive,
  real,
  repetitions,
  strictObject,
  union,
} from '../schema.ts';

const penalties = pipe(
  array(real(0)),
  check((list) => list.length > 0, 'must name at least one penalty'),
);

/**
 * Patience that grows with the best step: training stops at step t where nothing was better since step b and both t − b ≥ `minimum` evaluations and
 * t ≥ `increase` · b, so that late gains are waited for and early ones are not. Source: `patience` and `patience_increase` of the deep learning
 * tutorials of the LISA lab, Montréal.
 */
const growingPatience = strictObject({ minimum: optional(integer(1), 10), increase: optional(real(1), 2) });

/** How a ranker is trained; the estimator decides what its loss is made of. Losses and optimisers are chosen by name beside these. */
export const trainingOptions = strictObject({
  steps: optional(repetitions(), 1000),
  batchLists: optional(union([literal('all'), integer(1)]), 'all'),
  maximumGradientNorm: optional(nullable(positive()), null),
  l2: optional(union([literal('auto'), real(0), penalties]), 'auto'), // λ of λ/2 · ‖parameters‖²; of several that of the lowest held-out loss; auto: see `l2Candidates`
  evaluateEvery: optional(integer(1), 5), // steps; coarser ones can miss the best point of few, wide queries
  patience: optional(nullable(union([integer(1), growingPatience])), {}), // evaluations without a better held-out loss; null: train all steps, keep the last
  tolerance: optional(real(0), 1e-8), // converged when the held-out loss moves relatively less than this between evaluations
});

/** How a ranker is trained: steps, batches, penalty, when it is stopped. */
export type TrainingOptions = Decoded<typeof trainingOptions>;
