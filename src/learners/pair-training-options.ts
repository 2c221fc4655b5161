import {
  boolean,
  check,
  type Decoded,
  integer,
  nullable,
  optional,
  pipe,
  probability,
  real,
  repetitions,
  strictObject,
} from '../schema.ts';

const belowOne = pipe(
  probability(),
  check((share) => share < 1, 'must be below 1'),
);

/** How a model of pairs is trained; the model, the loss and the optimiser are chosen by name beside these. */
export const pairTrainingOptions = strictObject({
  steps: optional(repetitions(), 2000),
  batch: optional(repetitions(2), 4096),
  clickedShare: optional(nullable(belowOne), 0.5), //  of a batch drawn from clicked (or observed) pairs; null: all pairs alike
  reweighted: optional(boolean(), true), //            pairs weighted to undo that share; false: clicks weigh as they are drawn
  heldOutShare: optional(belowOne, 0.1), //            of all pairs, for early stopping
  heldOutPairs: optional(integer(1), 50_000), //       of those without a click that are looked at, at most
  l2: optional(nullable(real(0)), null), //            λ of λ/2 · ‖·‖², on the rows of users and items that a batch meets; null: by the data
  evaluateEvery: optional(integer(1), 50),
  patience: optional(nullable(integer(1)), 10), //     evaluations without a better held-out loss; null: train all steps, keep the last
  tolerance: optional(real(0), 1e-8),
});
/** How a model of user–item pairs is trained. */
export type PairTrainingOptions = Decoded<typeof pairTrainingOptions>;
