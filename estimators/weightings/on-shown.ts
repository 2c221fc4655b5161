import type { Normaliser } from '../../src/learners/ranking-learner.ts';
import type { LearningInput } from '../estimator.ts';
import { type Weigh, weightedLists } from '../weighted-learner.ts';
import type { Weighted } from './weighting.ts';

/** The lists as they were shown, the clicks on both logs corrected alike. */
export const onShown = (input: LearningInput, weigh: Weigh, normaliser: Normaliser): Weighted => ({
  train: weightedLists(input.train, weigh),
  heldOut: input.heldOut && weightedLists(input.heldOut, weigh),
  normaliser,
});
