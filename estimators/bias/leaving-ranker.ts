import type { Learned, LearningInput } from '../estimator.ts';
import { type EstimateBias, learntByRank } from './bias-estimator.ts';
import { checkRanksClicked } from './check-told.ts';

/** The propensities of a learner of both, whose ranker is left. @throws UsageError for a rank that was never clicked */
export const leavingRanker =
  (learn: (input: LearningInput) => Learned & { readonly examination: Float64Array }): EstimateBias =>
  (input) => {
    checkRanksClicked(input.train.log);
    const { examination, record } = learn(input);
    return learntByRank(examination, record);
  };
