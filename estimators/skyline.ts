import type { QuerySet } from '../src/data/query-set.ts';
import { type GainScale, gainScale } from '../src/label-gains.ts';
import type { RankingLists } from '../src/learners/batches.ts';
import { strictObject } from '../src/schema.ts';
import type { Learn } from './estimator.ts';
import { learnFromLists } from './weighted-learner.ts';

/** All documents of every query, weighted with g(y)/g(Y), by default (2^y − 1)/(2^Y − 1), times their weight in the data, each query one session. */
function labelledLists(set: QuerySet, { gain, highest }: GainScale): RankingLists {
  return {
    offsets: set.offsets,
    docs: Uint32Array.from(set.labels.keys()),
    weights: Float64Array.from(set.labels, (label, d) => ((set.weights?.[d] ?? 1) * gain(label)) / highest),
    sessions: new Float64Array(set.offsets.length - 1).fill(1),
  };
}

/** The ranker and loss of the study on true labels, trained until the loss settles. */
export const skyline = {
  description: 'full-information skyline: the same ranker and loss, trained on the true labels of all documents',
  reference: true,
  options: strictObject({}),
  create: (): Learn => (input) => {
    const scale = gainScale(input.gains ?? 'exponential', input.highestGrade);
    const heldOut = input.heldOut && labelledLists(input.heldOut.querySet, scale);
    return { ...learnFromLists(input, labelledLists(input.train.querySet, scale), heldOut, 'weights', 'converged'), examination: null };
  },
};
