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
  const settings = decodeOptions('num', numOptions, options);
  const trailtext = new Trailtext(settings);
  const [utility, idealUtility] = [new Float64Array(sessions.length), new Float64Array(sessions.length)];
  const scores = new Float64Array(sessions.length);
  let [undefinedCount, clampedCount] = [0, 0];
  sessions.forEach((session, i) => {
    trailtext.load(session);
    utility[i] = trailtext.utility();
    idealUtility[i] = trailtext.idealUtility();
    if (idealUtility[i] === 0) undefinedCount++;
    if (!settings.normalise) scores[i] = utility[i];
    else if (idealUtility[i] === 0) scores[i] = settings.undefinedScore === 'zero' ? 0 : Number.NaN;
    else {
      const ratio = utility[i] / idealUtility[i];
      if (ratio > 1 + ROUNDING) clampedCount++;
      scores[i] = Math.min(1, ratio);
    }
  });
  return { num: scores, utility, idealUtility, undefinedCount, clampedCount };
}
