import type { FlatConfig, Scalar } from '../records/flatten-config.ts';
import type { StoredRun } from '../records/stored-run.ts';
import { tableOf } from '../records/stored-tables.ts';

interface Point {
  readonly step: number;
  readonly value: number;
}

/** What a tracker calls a run: one method with one seed. */
export interface Trial {
  readonly run: StoredRun;
  readonly seed: string;
  readonly method: string;
  readonly parameters: ReadonlyMap<string, Scalar>; // the method with its options, and the seed
  readonly metrics: ReadonlyMap<string, number>; //    test metric → mean over queries
  readonly series: ReadonlyMap<string, readonly Point[]>; // by the names that columns have for trackers, along `step`
  readonly started: number; //                        milliseconds since 1970, of the whole run
  readonly finished: number;
}

/** The trials of a finished run folder. */
export async function trialsOf(run: StoredRun): Promise<Trial[]> {
  const series = await drawnSeries(run);
  const [started, finished] = [Date.parse(run.status.started ?? ''), Date.parse(run.status.finished ?? '')];
  const seeds = [...new Set(run.metrics.map(({ seed }) => seed))];
  return seeds.flatMap((seed) =>
    run.methods.map(({ label, keys }) => {
      const rows = run.metrics.filter((row) => row.seed === seed && row.method === label && Number.isFinite(row.value));
      return {
        run,
        seed,
        method: label,
        parameters: new Map<string, Scalar>([...(keys as FlatConfig), ['seed', seed]]),
        metrics: new Map(rows.map(({ metric, value }) => [metric, value])),
        series: series.get(keyOf(seed, label)) ?? new Map(),
        started: Number.isNaN(started) ? 0 : started,
        finished: Number.isNaN(finished) ? 0 : finished,
      };
    }),
  );
}

const keyOf = (seed: string, method: string) => JSON.stringify([seed, method]);

/** By seed and method: the finite values of every column that trackers draw, of tables that have steps. */
async function drawnSeries(run: StoredRun): Promise<Map<string, Map<string, Point[]>>> {
  const found = new Map<string, Map<string, Point[]>>();
  for (const table of run.study.tables.filter(({ columns }) => columns.step !== undefined))
    for (const { seed, method, rows } of await tableOf(run, table)) {
      const own = found.get(keyOf(seed, method)) ?? new Map<string, Point[]>();
      found.set(keyOf(seed, method), own);
      for (const [name, { series }] of Object.entries(table.columns)) {
        const points = rows.flatMap((row) => (Number.isFinite(row[name]) ? [{ step: Number(row.step), value: row[name] as number }] : []));
        if (series !== undefined && points.length > 0) own.set(series, points);
      }
    }
  return found;
}

/** Series by name: those by step, and each metric at the last step. */
export function seriesOf({ metrics, series }: Trial): Map<string, readonly Point[]> {
  const last = Math.max(0, ...[...series.values()].map((points) => points.at(-1)?.step ?? 0));
  return new Map([...series, ...[...metrics].map(([metric, value]) => [`test/${metric}`, [{ step: last, value }]] as const)]);
}
