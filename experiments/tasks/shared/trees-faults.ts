import type { TrainingOptions } from '../../../src/learners/training-options.ts';
import type { Fault } from '../../../src/schema-faults.ts';

/** Options of training that trees do not go by. @param rankers of all that is trained, by name */
export function treesFaults(
  rankers: readonly string[],
  { batchLists, l2, maximumGradientNorm }: Pick<TrainingOptions, 'batchLists' | 'l2' | 'maximumGradientNorm'>,
): Fault[] {
  const trees = 'gradient-boosted-trees';
  if (!rankers.includes(trees)) return [];
  const fault = (key: string, problem: string): Fault => ({ path: ['training', key], problem });
  const alone = rankers.every((name) => name === trees); // else others go by them
  return [
    ...(batchLists === 'all'
      ? []
      : [fault('batchLists', `${trees} learns from all lists in each round; leave it all, and set ranker.listFraction to draw from them`)]),
    ...(alone && l2 !== 'auto' && l2 !== 0
      ? [fault('l2', `${trees} takes no penalty on parameters; leave it auto, and set ranker.l2`)]
      : []),
    ...(alone && maximumGradientNorm !== null
      ? [fault('maximumGradientNorm', `${trees} takes no steps along a gradient of parameters; leave it null, and set ranker.learningRate`)]
      : []),
  ];
}
