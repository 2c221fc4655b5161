import { interventions } from '../../../simulators/index.ts';
import { named } from '../../../src/named.ts';
import {
  array,
  integer,
  minLength,
  nullable,
  optional,
  pipe,
  positive,
  probability,
  real,
  repetitions,
  shownPositions,
  strictObject,
} from '../../../src/schema.ts';
import type { Parts } from '../../parts/parts.ts';

/** One of several logging policies of a log; null: as the simulation says beside them. */
const loggingPolicy = strictObject({
  share: optional(positive(), 1), // of the sessions, over the sum of all
  production: optional(nullable(strictObject({ share: probability() })), null),
  temperature: optional(nullable(real(0)), null),
  listsPerQuery: optional(nullable(integer(1, 10_000)), null),
});

/** How the click log is drawn. */
export const simulationConfig = ({ clickModels }: Parts) =>
  strictObject({
    sessions: optional(integer(1), 1_000_000), //       of the training log
    validationSessions: optional(integer(), 250_000), // on the validation queries, for early stopping; 0: none
    positions: optional(shownPositions(), 10), //       shown per list: what is cut off is never clicked
    clickModel: optional(named(clickModels), 'position-based'),
    noise: optional(probability(), 0.1), //             attraction of a document of grade 0
    attraction: optional(nullable(array(probability())), null), //   by grade from 0, instead of noise and gains; null: by those
    satisfaction: optional(nullable(array(probability())), null), // P(satisfied | clicked) by grade, for click models that ask; null: (2^y − 1)/2^Y
    production: optional(strictObject({ share: optional(probability(), 0.01) }), {}), // of the training labels that the production ranker learns from
    temperature: optional(real(0), 0), //               of the Gumbel noise on production scores; 0: one list per query
    listsPerQuery: optional(integer(1, 10_000), 1), //  drawn with that noise
    policies: optional(nullable(pipe(array(loggingPolicy), minLength(1))), null), // several that log, in place of the one above; null: that one
    randomisedSessions: optional(repetitions(0), 0), // shown as an intervention has it, for propensities from randomisation
    intervention: optional(named(interventions), 'shuffle'), // uniformly random order of the list, or swaps
  });
