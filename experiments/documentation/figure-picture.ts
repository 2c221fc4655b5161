import { meanEstimate } from '../../src/stats/estimate.ts';
import { type BandLine, bandChart } from '../charts/band-chart.ts';
import type { Picture } from '../charts/draw-svg.ts';
import { lineChart } from '../charts/line-chart.ts';
import type { StoredRun } from '../records/stored-run.ts';
import { tableOf } from '../records/stored-tables.ts';
import type { ByRank, Curves } from './figure-configs.ts';
import type { MethodFigure } from './method-figure.ts';

/** Values of each seed at each point of a line. */
type Seeds = readonly number[][];

/** Axes of a figure. */
interface Axes {
  readonly x: string;
  readonly y: string;
  readonly at?: readonly number[];
  readonly logX?: boolean;
}

/** What a method page shows of the runs of a config. */
export const figurePicture = (runs: readonly StoredRun[], { drawing, lines }: MethodFigure): Promise<Picture> | Picture =>
  'table' in drawing ? byRank(runs[0], drawing, lines) : alongKey(runs, drawing, lines);

function alongKey(runs: readonly StoredRun[], drawing: Curves, lines: readonly string[]): Picture {
  const { metric, along, words, logarithmic, by, of, intervals } = drawing;
  const placeOf = (run: StoredRun) => Number(run.keys.get(along));
  const at = [...new Set(runs.map(placeOf))].sort((a, b) => a - b);
  const valuesAt = (x: number, line: string): number[] => {
    const there = runs.filter((run) => placeOf(run) === x);
    const own = by === undefined ? [] : there.filter((run) => lineOf(run, by) === line);
    const method = own.length === 0 ? line : typeof of === 'object' ? of[line] : of; // of the same value with each value of the key, where it is no value
    const rows = (own[0] ?? there[0]).metrics.filter((row) => row.method === method && row.metric === metric);
    if (rows.length === 0) throw new Error(`no ${metric} of ${line} at ${along} ${x}`);
    return rows.map(({ value }) => value);
  };
  const series = new Map(lines.map((line) => [line, at.map((x) => valuesAt(x, line))]));
  return chart(series, { x: words, y: metric as string, at, logX: logarithmic }, intervals);
}

/** The value of a key of a run, or of the name in its group. */
const lineOf = (run: StoredRun, by: string): string => String(run.keys.get(by) ?? run.keys.get(`${by}.name`));

async function byRank(run: StoredRun, drawing: ByRank, lines: readonly string[]): Promise<Picture> {
  const { table: name, columns, within, words, intervals } = drawing;
  const table = run.study.tables.find((one) => one.name === name);
  if (table === undefined) throw new Error(`no table ${name}`);
  const [drawn, truths] = [new Map<string, number[][]>(), new Map<string, number[][]>()];
  const add = (to: Map<string, number[][]>, line: string, rank: number, value: number) => {
    const points = to.get(line) ?? [];
    to.set(line, points);
    points[rank] = [...(points[rank] ?? []), value];
  };
  for (const { method, rows } of await tableOf(run, table)) {
    if (!lines.includes(method)) continue;
    for (const row of rows)
      for (const [suffix, [column, truth]] of Object.entries(columns)) {
        const which = within === undefined ? suffix : `, ${within} ${row[within]}`;
        add(drawn, method + which, Number(row.rank) - 1, Number(row[column]));
        if (method === lines[0]) add(truths, `truth${which}`, Number(row.rank) - 1, Number(row[truth]));
      }
  }
  const ordered = [...drawn].sort(([a], [b]) => placeIn(lines, a) - placeIn(lines, b));
  return chart(new Map([...ordered, ...truths]), { x: 'rank', y: words }, intervals);
}

const placeIn = (lines: readonly string[], name: string): number =>
  lines.findIndex((line) => name === line || /^[:,]/.test(name.slice(line.length)));

function chart(series: ReadonlyMap<string, Seeds>, axes: Axes, intervals = false): Picture {
  const estimates = [...series].map(([name, points]) => [name, points.map((values) => meanEstimate(values))] as const);
  if (!intervals)
    return lineChart(Object.fromEntries(estimates.map(([name, points]) => [name, points.map(({ value }) => value)])), {
      title: '',
      ...axes,
    });
  const lines = estimates.map(
    ([name, points]): BandLine => ({
      name,
      values: points.map(({ value }) => value),
      lower: points.map(({ lower }) => lower),
      upper: points.map(({ upper }) => upper),
    }),
  );
  return bandChart(lines, { title: '', ...axes });
}
