import { listwiseSoftmax } from '../../src/losses/listwise-softmax.ts';
import { type Decoded, strictObject } from '../../src/schema.ts';
import { dualLearning } from '../dual-learning.ts';
import type { BiasEstimatorEntry } from './bias-estimator.ts';
import { bootstrapOption, resampling } from './bootstrap.ts';
import { leavingRanker } from './leaving-ranker.ts';

const options = strictObject({ ...dualLearning.options.entries, bootstrap: bootstrapOption });

/**
 * The propensities of the Dual Learning Algorithm (Ai et al., SIGIR 2018): the ranker that is learnt beside them is left, so that another can be trained with another
 * weighting; its loss is the listwise softmax, whatever that of the other is. Right where that ranker can state relevance ratios and no more; its l2 and early stopping by held-out clicks decide how far they drift.
 */
export const dualLearningBias = {
  description: 'propensities of the Dual Learning Algorithm, learnt beside a ranker that is left (Ai et al. 2018)',
  source: 'learnt',
  needs: ['features'],
  gives: 'examination',
  options,
  create: resampling<Decoded<typeof options>>((chosen) =>
    leavingRanker((input) => dualLearning.create(chosen)({ ...input, loss: listwiseSoftmax })),
  ),
} as const satisfies BiasEstimatorEntry;
