import type { QuerySet } from '../src/data/query-set.ts';
import type { RankingLists } from '../src/learners/batches.ts';
import { strictObject } from '../src/schema.ts';
import type { Learn } from './estimator.ts';
import { learnFromLists } from './weighted-learner.ts';

/** All documents of every query, weighted with (2^y − 1)/(2^Y − 1) times their weight in the data, each query one session. */
function labelledLists(set: QuerySet, highestGrade: number): RankingLists {
  return {
    offsets: set.offsets,
    docs: Uint32Array.from(set.labels.keys()),
    weights: Float64Array.from(
      set.labels,
      (label, d) => ((set.weights?.[d] ?? 1) * (2 ** Math.max(0, label) - 1)) / (2 ** highestGrade - 1),
    ),
    sessions: new Float64Array(set.offsets.length - 1).fill(1),
  };
}

export const skyline = {
  description: 'full-information skyline: the same ranker and loss, trained on the true labels of all documents',
  reference: true,
  options: strictObject({}),
  create: (): Learn => (input) => {
    const heldOut = input.heldOut && labelledLists(input.heldOut.querySet, input.highestGrade);
    return { ...learnFromLists(input, labelledLists(input.train.querySet, input.highestGrade), heldOut, 'weights'), examination: null };
  },
};
