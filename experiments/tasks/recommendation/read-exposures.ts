import { join } from 'node:path';
import type { ExposureGroup } from '../../engine/run-result.ts';
import { rowsIfThere } from '../../records/read-curves.ts';
import { readNumber } from '../../records/stored-run.ts';
import { exposureHead } from '../../records/tidy-rows.ts';

/** The exposures that one method weighed by with one seed. */
export interface StoredExposure {
  readonly seed: string;
  readonly method: string;
  readonly groups: readonly ExposureGroup[];
}

/** All exposures of a run folder; none where it has no exposure.csv. */
export async function readExposures(folder: string): Promise<StoredExposure[]> {
  const file = join(folder, 'exposure.csv');
  const exposures = new Map<string, StoredExposure & { groups: ExposureGroup[] }>();
  for (const [seed, method, by, ...cells] of await rowsIfThere(file, exposureHead)) {
    const key = JSON.stringify([method, seed]);
    const exposure = exposures.get(key) ?? { seed, method, groups: [] };
    exposures.set(key, exposure);
    const [group, count, truth, estimated, absoluteError, logRatio, logRatioDeviation] = cells.map((cell) => readNumber(cell, file));
    const orNull = (value: number) => (Number.isNaN(value) ? null : value);
    exposure.groups.push({
      ...{ by: by as ExposureGroup['by'], group, count, truth: orNull(truth), estimated, absoluteError: orNull(absoluteError) },
      ...{ logRatio: orNull(logRatio), logRatioDeviation: orNull(logRatioDeviation) },
    });
  }
  return [...exposures.values()];
}
