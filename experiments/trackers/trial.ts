import type { LearningCurvePoint } from '../engine/run-result.ts';
import type { FlatConfig, Scalar } from '../records/flatten-config.ts';
import { readCurves } from '../records/read-curves.ts';
import type { StoredRun } from '../records/stored-run.ts';

/** What a tracker calls a run: one method with one seed. */
export interface Trial {
  readonly run: StoredRun;
  readonly seed: string;
  readonly method: string;
  readonly parameters: ReadonlyMap<string, Scalar>; // config and options of the method
  readonly metrics: ReadonlyMap<string, number>; //    test metric → mean over queries
  readonly curve: readonly LearningCurvePoint[];
  readonly started: number; //                        milliseconds since 1970, of the whole run
  readonly finished: number;
}

/** The trials of a finished run folder. */
export async function trialsOf(run: StoredRun): Promise<Trial[]> {
  const curves = await readCurves(run.folder);
  const [started, finished] = [Date.parse(run.status.started ?? ''), Date.parse(run.status.finished ?? '')];
  const seeds = [...new Set(run.metrics.map(({ seed }) => seed))];
  return seeds.flatMap((seed) =>
    run.methods.map(({ label, keys }) => {
      const rows = run.metrics.filter((row) => row.seed === seed && row.method === label && Number.isFinite(row.value));
      return {
        run,
        seed,
        method: label,
        parameters: new Map<string, Scalar>([...run.keys, ...(keys as FlatConfig), ['seed', seed]]),
        metrics: new Map(rows.map(({ metric, value }) => [metric, value])),
        curve: curves.find((curve) => curve.seed === seed && curve.method === label)?.points ?? [],
        started: Number.isNaN(started) ? 0 : started,
        finished: Number.isNaN(finished) ? 0 : finished,
      };
    }),
  );
}

/** Series by name: the losses by step, and each metric at the last step. */
export function seriesOf({ metrics, curve }: Trial): Map<string, { step: number; value: number }[]> {
  const last = curve.at(-1)?.step ?? 0;
  const series = new Map<string, { step: number; value: number }[]>();
  const losses = (name: string, value: (point: LearningCurvePoint) => number | null) => {
    const points = curve.map((point) => ({ step: point.step, value: value(point) }));
    const finite = points.filter((point): point is { step: number; value: number } => point.value !== null && Number.isFinite(point.value));
    if (finite.length > 0) series.set(name, finite);
  };
  losses('loss/training', ({ trainingLoss }) => trainingLoss);
  losses('loss/held-out', ({ heldOutLoss }) => heldOutLoss);
  for (const [metric, value] of metrics) series.set(`test/${metric}`, [{ step: last, value }]);
  return series;
}
