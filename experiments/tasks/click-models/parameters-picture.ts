import type { Picture } from '../../charts/draw-svg.ts';
import { between, nominal, numberTicks, quantitative } from '../../charts/encodings.ts';
import type { Series } from '../../charts/figure.ts';

interface ParameterRow {
  readonly parameter: string;
  readonly place: number;
  readonly value: number;
  readonly lower: number | null;
  readonly upper: number | null;
  readonly true: number | null;
}

/** More than a picture can show. */
const most = 500;
const colours = 7;

const shapes = ['circle', 'square', 'triangle-up', 'diamond', 'cross', 'triangle-down', 'triangle-right'];

/**
 * Parameters by their places in their tables, or by their names where each is one number: mean over runs and seeds, bars from the lowest to the
 * highest end of intervals, and what is true where it is known. Null of none, and of more than 500.
 */
export function parametersPicture(title: string, series: readonly Series<ParameterRow>[]): Picture | null {
  const values = byPlace(series.flatMap(({ rows }) => rows));
  if (values.length === 0 || values.length > most) return null;
  const names = [...new Set(values.map(({ parameter }) => parameter))];
  const told = values.filter(({ lower, upper }) => lower !== null && upper !== null);
  const known = values.filter(({ truth }) => truth !== null);
  return {
    alt: `Parameters of ${title}: ${names.map((name) => `${name} ${values.flatMap((row) => (row.parameter === name ? words(row) : [])).join(', ')}`).join('; ')}`,
    spec: { title, ...(names.length === values.length ? byName : inTables)(names, values, told, known) },
  };
}

type Value = ReturnType<typeof byPlace>[number];
type Layers = (
  names: readonly string[],
  values: readonly Value[],
  told: readonly Value[],
  known: readonly Value[],
) => object & Picture['spec'];

const trueMark = { type: 'point', shape: 'diamond', size: 110, color: 'var(--text)' } as const;

/** Numbers with names: a line for each, on the axis of probabilities where they are such. */
const byName: Layers = (_, values, told, known) => {
  const all = values.flatMap(({ mean, lower, upper, truth }) => [mean, lower ?? mean, upper ?? mean, truth ?? mean]);
  const probable = all.every((value) => value >= 0 && value <= 1) ? { domain: [0, 1] as number[] } : {};
  const x = quantitative('mean', { title: 'parameter', format: numberTicks, tickCount: 5 }, { zero: false, padding: 8, ...probable });
  const y = { field: 'parameter', type: 'nominal', sort: null, axis: { title: null, domain: false, ticks: false, grid: true } } as const;
  return {
    width: 230,
    height: { step: 26 },
    layer: [
      {
        data: { values: [...told] },
        mark: { type: 'rule', strokeWidth: 2, opacity: 0.5, color: 'var(--c0)' },
        encoding: { x: { ...x, field: 'lower' }, x2: { field: 'upper' }, y },
      },
      {
        data: { values: [...values] },
        mark: { type: 'point', filled: true, opacity: 1, size: 34, color: 'var(--c0)' },
        encoding: { x, y },
      },
      { data: { values: [...known] }, mark: trueMark, encoding: { x: { ...x, field: 'truth' }, y } },
    ],
  };
};

/** Tables: a point for each place, with a colour and a shape for each table. */
const inTables: Layers = (names, values, told, known) => {
  const ticks = { title: 'place in its table', format: ',d', tickMinStep: 1, grid: false };
  const x = quantitative('place', ticks, { zero: false, nice: false, padding: 8 });
  const y = quantitative('mean', { title: 'parameter', format: numberTicks, tickCount: 5 }, { zero: false, nice: false, padding: 8 });
  const legend = names.length < 2 ? null : ({ title: null, orient: 'top', columns: 2, labelLimit: 200 } as const);
  const by = (range: string[]) => nominal('parameter', names, range, legend);
  const color = by(names.map((_, i) => `var(--c${i % colours})`));
  const shape = by(names.map((_, i) => shapes[i % shapes.length]));
  return {
    width: 300,
    height: 200,
    layer: [
      {
        data: { values: [...told] },
        mark: { type: 'rule', strokeWidth: 2, opacity: 0.5 },
        encoding: { ...between(x, y), color },
      },
      { data: { values: [...values] }, mark: { type: 'point', filled: true, opacity: 1, size: 34 }, encoding: { x, y, color, shape } },
      { data: { values: [...known] }, mark: { ...trueMark, size: 60 }, encoding: { x, y: { ...y, field: 'truth' } } },
    ],
  };
};

const words = ({ mean, truth }: { readonly mean: number; readonly truth: number | null }): string =>
  `${mean.toPrecision(3)}${truth === null ? '' : ` (true ${truth.toPrecision(3)})`}`;

/** One row for each table and place. */
function byPlace(rows: readonly ParameterRow[]) {
  const places = new Map<string, ParameterRow[]>();
  for (const row of rows.filter(({ value }) => Number.isFinite(value))) {
    const key = `${row.parameter} ${row.place}`;
    places.set(key, [...(places.get(key) ?? []), row]);
  }
  return [...places.values()].map((own) => {
    const [{ parameter, place }] = own;
    const of = (pick: (row: ParameterRow) => number | null) => own.flatMap((row) => pick(row) ?? []);
    const [lowers, uppers, truths] = [of((row) => row.lower), of((row) => row.upper), of((row) => row.true)];
    const mean = (all: readonly number[]) => all.reduce((sum, one) => sum + one, 0) / all.length;
    return {
      ...{ parameter, place, mean: mean(of((row) => row.value)), truth: truths.length === 0 ? null : mean(truths) },
      ...{ lower: lowers.length === 0 ? null : Math.min(...lowers), upper: uppers.length === 0 ? null : Math.max(...uppers) },
    };
  });
}
