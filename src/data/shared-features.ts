import { DataError } from '../errors.ts';
import type { QuerySet } from './query-set.ts';
import { someOfBoth } from './shared-ids.ts';

/** Rows that are looked at first: nearly always they tell. */
const firstRows = 1000;

/** Sees to it that a ranker can know something of the queries that it is for. @throws DataError where no feature of `set` is in `train` */
export function checkSharedFeatures(train: QuerySet, trainFile: string, set: QuerySet, file: string): void {
  const shares = (rows: number) => {
    const [known, here] = [usedFeatures(train, rows), usedFeatures(set, rows)];
    return { known, here, shared: here.some((used, f) => used === 1 && known[f] === 1) };
  };
  if (shares(firstRows).shared) return;
  const { known, here, shared } = shares(Infinity);
  if (shared || !here.includes(1) || !known.includes(1)) return;
  throw new DataError(`no feature of it is in ${trainFile}: ${someOfBoth('it has', indexes(here), trainFile, indexes(known))}`, { file });
}

/** 1 for every feature that is not 0 everywhere in the first rows. */
function usedFeatures({ features, featureCount }: QuerySet, rows: number): Uint8Array {
  const used = new Uint8Array(featureCount);
  const end = Math.min(features.length, rows * featureCount);
  for (let row = 0; row < end; row += featureCount) for (let f = 0; f < featureCount; f++) if (features[row + f] !== 0) used[f] = 1;
  return used;
}

/** From 1, as files have them. */
function* indexes(used: Uint8Array): Generator<string> {
  for (let f = 0; f < used.length; f++) if (used[f] === 1) yield String(f + 1);
}
