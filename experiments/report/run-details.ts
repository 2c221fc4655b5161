import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { SeedCurve } from '../charts/curve-picture.ts';
import type { MethodStatus, PropensityCurves } from '../engine/run-result.ts';
import { readCurves, rowsIfThere } from '../records/read-curves.ts';
import { readNumber, type StoredRun } from '../records/stored-run.ts';
import { propensitiesHead, weightsHead } from '../records/tidy-rows.ts';
import type { SeedExposure } from '../tasks/recommendation/exposure-picture.ts';
import { readExposures } from '../tasks/recommendation/read-exposures.ts';
import { distinguishingKeys, type Grouping } from './grouping.ts';
import { type Group, placeOf } from './measurements.ts';

/** What one row of a table did in the runs of one column, beside its metrics. */
export interface GroupDetails {
  readonly row: Group;
  readonly column: Group;
  readonly curves: SeedCurve[];
  readonly propensities: PropensityCurves[];
  readonly exposures: SeedExposure[]; // one per run and seed
  readonly statuses: MethodStatus[]; // how training ended, one per run and seed
  readonly clippedShares: number[]; // one per run and seed
  readonly seconds: number[]; //       per seed, one per run
  readonly peakMemory: number[]; //    bytes of the process, one per run
}

/** Curves, propensities, clipped shares, times and memory of all runs, by row and column. Files that a run lacks count as empty. */
export async function runDetails(runs: readonly StoredRun[], grouping: Grouping): Promise<GroupDetails[]> {
  const details = new Map<string, GroupDetails>();
  const varying = distinguishingKeys(runs);
  for (const run of runs) {
    const seeds = new Set(run.metrics.map(({ seed }) => seed)).size;
    const of = new Map<string, GroupDetails>();
    for (const method of run.methods) {
      const { row, column } = placeOf(run, method, grouping, varying);
      const key = `${row.id} ${column.id}`;
      const known = details.get(key) ?? {
        row,
        column,
        curves: [],
        propensities: [],
        exposures: [],
        statuses: [],
        clippedShares: [],
        seconds: [],
        peakMemory: [],
      };
      details.set(key, known);
      of.set(method.label, known);
      const seconds = run.status.methodSeconds?.[method.label];
      if (seconds !== undefined) known.seconds.push(seconds / seeds);
      if (run.status.peakMemoryBytes !== undefined) known.peakMemory.push(run.status.peakMemoryBytes);
    }
    for (const { seed, method, points } of await readCurves(run.folder)) of.get(method)?.curves.push({ seed, points });
    await readPropensities(run, of);
    for (const { method, ...exposure } of await readExposures(run.folder)) of.get(method)?.exposures.push(exposure);
    for (const status of await trainingStatuses(run.folder)) of.get(status.method)?.statuses.push(status);
    const file = join(run.folder, 'weights.csv');
    for (const [, method, share] of await rowsIfThere(file, weightsHead)) of.get(method)?.clippedShares.push(readNumber(share, file));
  }
  return [...details.values()];
}

async function readPropensities(run: StoredRun, of: ReadonlyMap<string, GroupDetails>): Promise<void> {
  const file = join(run.folder, 'propensities.csv');
  const curves = new Map<string, { method: string; estimated: number[]; truth: number[] }>();
  for (const [seed, method, , ...cells] of await rowsIfThere(file, propensitiesHead)) {
    const key = JSON.stringify([method, seed]);
    const curve = curves.get(key) ?? { method, estimated: [], truth: [] };
    curves.set(key, curve);
    const [estimated, truth] = cells.map((cell) => readNumber(cell, file));
    curve.estimated.push(estimated);
    curve.truth.push(truth);
  }
  for (const { method, estimated, truth } of curves.values())
    of.get(method)?.propensities.push({
      estimated: Float64Array.from(estimated),
      truth: truth.some(Number.isNaN) ? null : Float64Array.from(truth),
    });
}

/** How training ended, from results.json. */
async function trainingStatuses(folder: string): Promise<(MethodStatus & { readonly method: string })[]> {
  const results = await readFile(join(folder, 'results.json'), 'utf8').then(JSON.parse, () => ({}));
  return results.status ?? [];
}
