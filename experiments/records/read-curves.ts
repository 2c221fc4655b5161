import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import type { LearningCurvePoint } from '../engine/run-result.ts';
import { readRecordRows } from './read-record-rows.ts';
import { readNumber } from './stored-run.ts';
import { curvesHead } from './tidy-rows.ts';

/** The learning curve of one method with one seed. */
export interface StoredCurve {
  readonly seed: string;
  readonly method: string;
  readonly points: readonly LearningCurvePoint[];
}

/** All learning curves of a run folder; none where it has no curves.csv. */
export async function readCurves(folder: string): Promise<StoredCurve[]> {
  const file = join(folder, 'curves.csv');
  const curves = new Map<string, StoredCurve & { points: LearningCurvePoint[] }>();
  for (const [seed, method, ...cells] of await rowsIfThere(file, curvesHead.slice(0, 5))) {
    const key = JSON.stringify([method, seed]);
    const curve = curves.get(key) ?? { seed, method, points: [] };
    curves.set(key, curve);
    const [step, trainingLoss, heldOut] = cells.map((cell) => readNumber(cell, file));
    curve.points.push({ step, trainingLoss, heldOutLoss: Number.isNaN(heldOut) ? null : heldOut });
  }
  return [...curves.values()];
}

/** Rows of a file that older run folders may lack. */
export async function rowsIfThere(file: string, columns: readonly string[]): Promise<(readonly string[])[]> {
  if ((await stat(file).catch(() => null)) === null) return [];
  const rows: (readonly string[])[] = [];
  for await (const row of readRecordRows(file, columns)) rows.push(row);
  return rows;
}
