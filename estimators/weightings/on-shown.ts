import type { Normaliser } from '../../src/learners/ranking-learner.ts';
import type { LearningInput } from '../estimator.ts';
import { shownLists, type Weigh, weightedLists } from '../weighted-learner.ts';
import type { Weighted } from './weighting.ts';

/** The lists as they were shown, the clicks on both logs corrected alike. */
export const onShown = (input: LearningInput, weigh: Weigh, normaliser: Normaliser): Weighted => ({
  train: weightedLists(input.train, weigh),
  heldOut: input.heldOut && weightedLists(input.heldOut, weigh),
  normaliser,
});

/** The same where the weights of a list follow from its own clicks and the bias: a log can be weighed piece by piece. */
export const listByList = (input: LearningInput, weigh: Weigh, normaliser: Normaliser): Weighted => ({
  ...onShown(input, weigh, normaliser),
  listsOf: (logged) => shownLists(logged, weigh),
});
