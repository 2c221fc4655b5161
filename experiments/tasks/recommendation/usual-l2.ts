import type { Feedback } from './feedback.ts';
import type { RecommendationProblem } from './problem.ts';

/** Prior precision of factors over that of a rating, on the scale from 0 to 1. */
const ratingPrecision = 7;

/**
 * λ where a config does not say it. Of recorded ratings 7 over their number n: a normal prior of fixed precision against the sum of n errors
 * is λ/2 ‖·‖² with λ ∝ 1/n against their mean. Measured on ratings of Yahoo! R3, tested on random items (docs/recommendation.md): with 6,700 of them, about
 * as many as Coat has, 1e-3 is best of 1e-5 … 1e-2 (10 samples of users), with 69,000 of them 1e-4. Elsewhere 1e-5, as ratings of
 * `self-selected-ratings` have no noise that could be learnt by heart.
 */
export const usualL2 = (
  { exposureUnits }: Pick<Feedback, 'exposureUnits'>,
  { known, log }: Pick<RecommendationProblem, 'known' | 'log'>,
): number => (exposureUnits === 'rows' && known === null && log.ratings !== null ? ratingPrecision / log.items.length : 1e-5);
