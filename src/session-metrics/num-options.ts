import { boolean, type Decoded, optional, picklist, positive, real, strictObject } from '../schema.ts';
import { gainOption, labelOptions } from './label-options.ts';

/** Constants and switches of NUM; report them with every score. Lengths are in characters of the trailtext. */
export const numOptions = strictObject({
  /** L: the decay reaches 0 here. 132000 is U-measure's custom; L decides much of what NUM correlates with. */
  trailtextLength: optional(positive(), 132_000),
  /** s: read of every result that is passed. */
  snippetLength: optional(positive(), 200),
  /** F: share of a document's text that is read. */
  readFraction: optional(positive(), 0.2),
  /** len: of every document, and with `useLengths` of those whose length is not known. */
  documentLength: optional(positive(), 10_000),
  /** C: text that a new query costs. 1000 is a guess of this project: no published value could be read. */
  reformulationCost: optional(real(0), 1000),
  /** Results looked through after a query without anything that counts. */
  abandonDepth: optional(real(0), 10),
  ...labelOptions,
  ...gainOption,
  /** A document is worth its best label in the search session, from its first appearance on; off: the label of each appearance counts. */
  clickEnhancement: optional(boolean(), true),
  /** Off: C = 0. */
  reformulationPenalty: optional(boolean(), true),
  /** Off: the score is U, not U/U*. */
  normalise: optional(boolean(), true),
  /** Lengths of results instead of one constant. The ideal is then no strict bound: scores are clamped to 1 and counted. */
  useLengths: optional(boolean(), false),
  /** Order of the ideal: by g/(s + F·len), or by grade (ties: shorter first). The same unless `useLengths`. */
  idealOrder: optional(picklist(['gain-per-length', 'grade']), 'gain-per-length'),
  /** What a search session without a relevant document scores: left out (NaN), or 0. */
  undefinedScore: optional(picklist(['skip', 'zero']), 'skip'),
});
/** Every constant and switch of NUM. */
export type NumOptions = Decoded<typeof numOptions>;

/** The letters of the formula. */
export const numSymbols = {
  L: 'trailtextLength',
  s: 'snippetLength',
  F: 'readFraction',
  C: 'reformulationCost',
  H: 'highestGrade',
} as const;
