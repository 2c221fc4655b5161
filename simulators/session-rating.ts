import { type Decoded, integer, nullable, optional, positive, real, strictObject } from '../src/schema.ts';

/**
 * Satisfaction with a whole search session as a noisy function of what was found and what it took: a truth that metrics can be held against.
 * Constants are choices of this project, made so that all five levels occur; seconds follow the usual order of a few for a snippet and some
 * tens for a document.
 */
export const ratingOptions = strictObject({
  intercept: optional(real(), 2.2),
  /** β_G: of the found gain, whose most is 1 once it saturates. */
  gainWeight: optional(real(), 3.5),
  /** κ: gain counts as 1 − exp(−G/κ), so that the second good document adds less than the first; null: as G itself. */
  saturation: optional(nullable(positive()), 0.5),
  /** β_E: lost per minute of effort. */
  effortWeight: optional(real(), 0.5),
  /** Standard deviation of what neither gain nor effort explains. */
  noise: optional(real(0), 0.8),
  /** Ratings are whole numbers from 1 to this (TianGong-Qref: 5); null: unbounded real numbers. */
  levels: optional(nullable(integer(2)), 5),
  querySeconds: optional(real(0), 10), //   to think of and type a query
  snippetSeconds: optional(real(0), 4), //  per result passed, down to the last click; the whole list where there is none
  documentSeconds: optional(real(0), 20), // per click
});
/** Decoded {@link ratingOptions}. */
export type RatingOptions = Decoded<typeof ratingOptions>;

/** What the user of a search session did, in counts. */
export interface SessionEffort {
  readonly queries: number;
  readonly passed: number; // results, down to the last click of each query
  readonly clicks: number; // repeated ones included
}

/** Seconds that a search session took. */
export const effortSeconds = (
  { queries, passed, clicks }: SessionEffort,
  { querySeconds, snippetSeconds, documentSeconds }: RatingOptions,
): number => queries * querySeconds + passed * snippetSeconds + clicks * documentSeconds;

/**
 * E[satisfaction | G, E] before it is rounded to levels: β₀ + β_G·s(G) − β_E·E/60, s(G) = 1 − exp(−G/κ) or G.
 * @param gain G ≥ 0, Σ (2^y − 1)/2^H over the documents clicked, each once @param seconds E
 */
export function expectedSatisfaction(gain: number, seconds: number, options: RatingOptions): number {
  const { intercept, gainWeight, effortWeight, saturation } = options;
  const found = saturation === null ? gain : -Math.expm1(-gain / saturation);
  return intercept + gainWeight * found - (effortWeight * seconds) / 60;
}

/** The expectation with noise·z added, as a rating from 1 to `levels`, or as it is. @param z standard normal */
export function rate(expected: number, z: number, { noise, levels }: RatingOptions): number {
  const felt = expected + noise * z;
  return levels === null ? felt : Math.min(levels, Math.max(1, Math.round(felt)));
}
