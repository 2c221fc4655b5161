import type { Described } from '../registry.ts';
import { listwiseSoftmax } from './listwise-softmax.ts';
import type { RankingLoss } from './loss.ts';
import { pairwiseLogistic } from './pairwise-logistic.ts';
import { pointwiseSigmoid } from './pointwise-sigmoid.ts';

export type { PairWeights, RankingLoss, WeightedLists } from './loss.ts';
export { listwiseSoftmax, pairwiseLogistic, pointwiseSigmoid };

/** Every weighted ranking loss by name. */
export const losses: Readonly<Record<string, Described & { readonly loss: RankingLoss }>> = {
  'listwise-softmax': { description: 'softmax cross-entropy over the list (Ai et al. 2018)', loss: listwiseSoftmax },
  'pairwise-logistic': {
    description: 'every relevant document against every other of its list (Joachims et al. 2017)',
    loss: pairwiseLogistic,
  },
  'pointwise-sigmoid': { description: 'sigmoid cross-entropy per document (Saito et al. 2020)', loss: pointwiseSigmoid },
};
