import { UsageError } from '../errors.ts';

/** How many rows of F features lie in an array. @throws UsageError when they are not whole rows */
export function rowsOf(features: Float32Array, featureCount: number): number {
  const rows = features.length / featureCount;
  if (!Number.isInteger(rows))
    throw new UsageError(
      `${features.length} feature values are not whole rows of ${featureCount} features; give every document all of them`,
    );
  return rows;
}
