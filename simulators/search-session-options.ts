import { type Decoded, integer, nullable, optional, probability, strictObject } from '../src/schema.ts';
import { ratingOptions } from './session-rating.ts';

/**
 * How users go about an information need. The defaults give about three queries a search session, as TianGong-Qref has;
 * they are choices, not estimates from a log.
 */
export const searchSessionOptions = strictObject({
  /** r: probability that a formulation of the need retrieves a document. At least one is retrieved. */
  retrieval: optional(probability(), 0.6),
  /** ρ: probability that a reformulation treats a document as the query before did; else it is retrieved anew with r. Two queries in a row
   * then share a document with probability r² + ρ·r(1 − r): 0 draws every query's documents independently, 1 repeats the list. */
  persistence: optional(probability(), 0.3),
  /** o: probability that a document which would be clicked when it is first shown is passed over, and has to be met again: at its first
   * appearance it attracts with (1 − o)·attraction. What NUM's click-through enhancement is about: skipped, then clicked later. */
  overlook: optional(probability(), 0.2),
  /** Attraction of a document that was clicked before, relative to its own: users repeat documents that often. */
  reclick: optional(probability(), 0.3),
  /** σ: a document clicked for the first time satisfies the need with probability σ·attraction. */
  satisfaction: optional(probability(), 0.5),
  /** Probability that a user who is not satisfied asks again; else they give up. */
  patience: optional(probability(), 0.75),
  maxQueries: optional(integer(1), 10),
  /** How users rate a search session afterwards; null: `satisfaction` is 1 for those who ended satisfied, 0 for those who gave up. */
  rating: optional(nullable(ratingOptions), null),
});
/** Decoded {@link searchSessionOptions}. */
export type SearchSessionOptions = Decoded<typeof searchSessionOptions>;
