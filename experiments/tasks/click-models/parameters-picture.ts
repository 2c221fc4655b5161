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

/** Parameters by their places in their tables: mean over runs and seeds, bars from the lowest to the highest end of intervals, and what is true where it is known. Null of none, and of more than 500. */
export function parametersPicture(title: string, series: readonly Series<ParameterRow>[]): Picture | null {
  const values = byPlace(series.flatMap(({ rows }) => rows));
  if (values.length === 0 || values.length > most) return null;
  const names = [...new Set(values.map(({ parameter }) => parameter))];
  const x = quantitative('place', { title: 'place in its table', format: ',d', tickMinStep: 1, grid: false }, { nice: false, padding: 8 });
  const y = quantitative(
    'mean',
    { title: 'parameter', format: numberTicks, tickCount: 5 },
    { type: 'linear', zero: false, nice: false, padding: 8 },
  );
  const legend = names.length < 2 ? null : ({ title: null, orient: 'top', columns: 2, labelLimit: 200 } as const);
  const color = nominal(
    'parameter',
    names,
    names.map((_, i) => `var(--c${i % colours})`),
    legend,
  );
  const told = values.filter(({ lower, upper }) => lower !== null && upper !== null);
  const true_ = values.filter(({ truth }) => truth !== null);
  return {
    alt: `Parameters of ${title}: ${names.map((name) => `${name} ${values.flatMap((row) => (row.parameter === name ? words(row) : [])).join(', ')}`).join('; ')}`,
    spec: {
      title,
      width: 300,
      height: 200,
      layer: [
        { data: { values: told }, mark: { type: 'rule', strokeWidth: 2, opacity: 0.5 }, encoding: { ...between(x, y), color } },
        { data: { values }, mark: { type: 'point', filled: true, size: 34 }, encoding: { x, y, color } },
        {
          data: { values: true_ },
          mark: { type: 'point', shape: 'diamond', size: 60, color: 'var(--text)' },
          encoding: { x, y: { ...y, field: 'truth' } },
        },
      ],
    },
  };
}

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
