import type { SearchSession } from '../data/search-session.ts';
import { decodeOptions } from '../decode-options.ts';
import { type NumOptions, numOptions } from './num-options.ts';
import { Trailtext } from './trailtext.ts';

/** One value per search session, in their order. */
export interface NumScores {
  /** U/U*, in [0, 1]; where U* = 0 NaN, or 0 by option. With `normalise` off: U. */
  readonly num: Float64Array;
  readonly utility: Float64Array; //      U
  readonly idealUtility: Float64Array; // U*
  /** Search sessions with U* = 0: nothing in them counts. */
  readonly undefinedCount: number;
  /** Scores above 1 that were set to 1: 0 unless `useLengths`. */
  readonly clampedCount: number;
}

/** More than rounding: a score this far above 1 is counted as clamped. */
const ROUNDING = 1e-9;

/**
 * NUM, the normalised U-measure of search sessions: all queries of a search session are one trailtext.
 * U = Σ g(d)·max(0, 1 − pos(d)/L) over the documents that count, each at its first appearance; g = (2^R − 1)/2^H, or R/H; pos is what was read
 * by the end of d: C per reformulation, s per result passed, F·len per document read. U* is the U of the session's own relevant documents
 * as one ideal list; NUM = U/U*. At most 1 where all documents have one length (the default).
 * After Chen, Dou & Mao, arXiv 2401.12445, whose constants could not be read: C is a guess, see {@link numOptions}.
 * @throws UsageError on an unknown or impossible option, a grade outside [0, highestGrade], or a length that is not above 0
 */
export function num(sessions: readonly SearchSession[], options: Partial<NumOptions> = {}): NumScores {
  const score = numScorer(options);
  const [utility, idealUtility] = [new Float64Array(sessions.length), new Float64Array(sessions.length)];
  const scores = new Float64Array(sessions.length);
  let [undefinedCount, clampedCount] = [0, 0];
  sessions.forEach((session, i) => {
    const one = score(session);
    [utility[i], idealUtility[i], scores[i]] = [one.utility, one.idealUtility, one.num];
    if (one.idealUtility === 0) undefinedCount++;
    if (one.clamped) clampedCount++;
  });
  return { num: scores, utility, idealUtility, undefinedCount, clampedCount };
}

/** {@link num} of one search session after the other, for those that are drawn and not kept. @throws UsageError as there */
export function numScorer(options: Partial<NumOptions> = {}) {
  const settings = decodeOptions('num', numOptions, options);
  const { normalise, undefinedScore } = settings;
  const trailtext = new Trailtext(settings);
  return (session: SearchSession): { num: number; utility: number; idealUtility: number; clamped: boolean } => {
    trailtext.load(session);
    const utility = trailtext.utility();
    const idealUtility = trailtext.idealUtility();
    if (!normalise) return { num: utility, utility, idealUtility, clamped: false };
    if (idealUtility === 0) return { num: undefinedScore === 'zero' ? 0 : Number.NaN, utility, idealUtility, clamped: false };
    const ratio = utility / idealUtility;
    return { num: Math.min(1, ratio), utility, idealUtility, clamped: ratio > 1 + ROUNDING };
  };
}
