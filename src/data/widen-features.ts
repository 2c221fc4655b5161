import { UsageError } from '../errors.ts';
import { noRoom } from './feature-room.ts';
import type { QuerySet } from './query-set.ts';

/**
 * The set with `featureCount` features, the added ones 0: splits of sparse data differ in the highest index that occurs.
 * @throws UsageError when the set has more
 */
export function widenFeatures<T extends QuerySet>(set: T, featureCount: number): T {
  const { featureCount: width, features } = set;
  if (width === featureCount) return set;
  if (width > featureCount) throw new UsageError(`the data has ${width} features, more than the ${featureCount} asked for`);
  const fault = noRoom(features.length / width, featureCount);
  if (fault !== null) throw new UsageError(`${fault}; use fewer features`);
  const wider = new Float32Array((features.length / width) * featureCount);
  for (let from = 0, to = 0; from < features.length; from += width, to += featureCount)
    wider.set(features.subarray(from, from + width), to);
  return { ...set, features: wider, featureCount };
}
